package io.coxswain.api.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/// Reads bytes into [Json]. Keeps its own stack, so nesting costs no Java stack.
public final class JsonReader {

    /// A container under construction.
    private static final class Open {
        final @Nullable LinkedHashMap<String, Json> fields;
        final List<Json> items = new ArrayList<>(0);
        String name = "";

        Open(boolean object) {
            fields = object ? new LinkedHashMap<>() : null;
        }

        void add(Json value) {
            if (fields == null) {
                items.add(value);
            } else {
                fields.put(name, value);
            }
        }

        Json close() {
            return fields == null
                    ? new Json.Arr(Collections.unmodifiableList(items))
                    : new Json.Obj(fields);
        }
    }

    private JsonReader() {}

    /// Reads one value; of a repeated field the last one counts. Throws [DecodeError].
    public static Json read(byte[] json) {
        return read(json, path -> {});
    }

    /// Reads one value and tells the paths of repeated fields.
    public static Json read(byte[] json, Consumer<String> duplicates) {
        try (var parser = JsonTokens.open(json)) {
            if (parser.nextToken() == null) {
                throw new DecodeError(GoSyntax.explain(json));
            }
            var value = read(parser, duplicates);
            JsonTokens.end(parser, json);
            return value;
        } catch (JacksonException e) {
            throw JsonTokens.refused(json, e);
        }
    }

    /// An object, or Go's complaint that it is none.
    public static Json.Obj readObject(byte[] json) {
        if (read(json) instanceof Json.Obj object) {
            return object;
        }
        throw new DecodeError(
                "json: cannot unmarshal "
                        + typeName(read(json))
                        + " into Go value of type map[string]interface {}");
    }

    /// Go's word for the type of a value.
    public static String typeName(Json value) {
        return switch (value) {
            case Json.Obj o -> "object";
            case Json.Arr a -> "array";
            case Json.Str s -> "string";
            case Json.Int i -> "number";
            case Json.Real r -> "number";
            case Json.Bool b -> "bool";
            case Json.Null n -> "null";
        };
    }

    /// Reads the value that starts at the parser's current token.
    public static Json read(JsonParser parser, Consumer<String> duplicates) {
        var stack = new ArrayList<Open>();
        var token = parser.currentToken();
        while (true) {
            Json done = null;
            switch (token) {
                case START_OBJECT -> stack.add(new Open(true));
                case START_ARRAY -> stack.add(new Open(false));
                case END_OBJECT, END_ARRAY -> done = stack.removeLast().close();
                case PROPERTY_NAME -> name(stack.getLast(), parser, duplicates);
                case null, default -> done = scalar(parser, token);
            }
            if (done != null) {
                if (stack.isEmpty()) {
                    return done;
                }
                stack.getLast().add(done);
            }
            token = parser.nextToken();
        }
    }

    private static void name(Open open, JsonParser parser, Consumer<String> duplicates) {
        open.name = parser.currentName();
        if (open.fields != null && open.fields.containsKey(open.name)) {
            duplicates.accept(JsonTokens.path(parser));
        }
    }

    private static Json scalar(JsonParser parser, @Nullable JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> new Json.Str(parser.getString());
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            case VALUE_NULL -> Json.NULL;
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> new Json.Real(real(parser));
            case null, default ->
                    throw new StreamReadException(parser, "unexpected end of JSON input");
        };
    }

    private static Json whole(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT, LONG -> new Json.Int(parser.getLongValue());
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> new Json.Real(real(parser));
        };
    }

    private static double real(JsonParser parser) {
        var number = Double.parseDouble(parser.getString());
        if (Double.isInfinite(number)) {
            throw new DecodeError(
                    "json: cannot unmarshal number "
                            + parser.getString()
                            + " into Go value of type float64");
        }
        return number;
    }
}
