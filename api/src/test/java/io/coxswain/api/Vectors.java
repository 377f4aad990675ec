package io.coxswain.api;

import io.coxswain.api.schema.FieldError;
import io.coxswain.api.schema.Resource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Recorded requests and what a Kubernetes 1.36 API server made of them, one JSON object a line.
final class Vectors {

    private static final JsonFactory JSON = new JsonFactory();

    private Vectors() {}

    /// One line of a file: its id and its parts.
    record Vector(String id, Map<?, ?> parts) {

        Map<?, ?> object(String name) {
            return (Map<?, ?>) Objects.requireNonNull(parts.get(name));
        }

        BuiltIn<?> kind(String name) {
            var object = object(name);
            return Objects.requireNonNull(
                    Kinds.byKind(
                            String.valueOf(object.get("apiVersion")),
                            String.valueOf(object.get("kind"))));
        }

        /// Reasons and fields of the errors, sorted.
        List<String> causes() {
            return ((List<?>) Objects.requireNonNull(parts.get("causes")))
                    .stream()
                            .map(cause -> ((List<?>) cause).get(0) + " " + ((List<?>) cause).get(1))
                            .sorted()
                            .toList();
        }

        @Override
        public String toString() {
            return id;
        }
    }

    static <T extends Resource> T read(BuiltIn<T> kind, Map<?, ?> json) {
        return Bound.read(json, kind.type());
    }

    static List<String> causes(List<FieldError> errors) {
        return errors.stream()
                .map(e -> e.type().reason().replace("FieldValue", "") + " " + e.field())
                .sorted()
                .toList();
    }

    static Stream<Vector> of(String file) {
        var lines = new ArrayList<Vector>();
        var stream = Objects.requireNonNull(Vectors.class.getResourceAsStream(file));
        try (var reader =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                var parts = (Map<?, ?>) Objects.requireNonNull(parse(line));
                lines.add(new Vector(Objects.requireNonNull(parts.get("id")).toString(), parts));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines.stream();
    }

    private static @Nullable Object parse(String text) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            return value(parser);
        }
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var map = new LinkedHashMap<String, @Nullable Object>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    var name = parser.currentName();
                    parser.nextToken();
                    map.put(name, value(parser));
                }
                yield map;
            }
            case START_ARRAY -> {
                var list = new ArrayList<@Nullable Object>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }
}
