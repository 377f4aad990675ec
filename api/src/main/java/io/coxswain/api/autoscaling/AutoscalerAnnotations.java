package io.coxswain.api.autoscaling;

import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.HorizontalPodAutoscalerBehavior;
import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.schema.ShownValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The annotations by which v1 carries what only v2 has fields for: lists as JSON of v1, the
/// behavior as JSON with capital names. What cannot be read counts as absent.
final class AutoscalerAnnotations {

    private AutoscalerAnnotations() {}

    static String json(List<? extends Record> values) {
        var items = values.stream().<Json>map(RecordWriter::toTree).toList();
        return new String(JsonWriter.write(Json.array(items)), StandardCharsets.UTF_8);
    }

    static <T extends Record> List<T> read(Class<T> type, @Nullable String text) {
        if (text == null) {
            return List.of();
        }
        try {
            var found = new ArrayList<T>();
            if (JsonReader.read(text.getBytes(StandardCharsets.UTF_8))
                    instanceof Json.Arr(var items)) {
                for (var item : items) {
                    if (item instanceof Json.Obj tree) {
                        found.add(RecordReader.fromTree(type, tree, new Problems()));
                    }
                }
            }
            return found;
        } catch (DecodeError e) {
            return List.of();
        }
    }

    static String text(HorizontalPodAutoscalerBehavior behavior) {
        return ShownValue.of(behavior);
    }

    static @Nullable HorizontalPodAutoscalerBehavior behavior(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return JsonReader.read(text.getBytes(StandardCharsets.UTF_8)) instanceof Json.Obj tree
                            && small(tree) instanceof Json.Obj known
                    ? RecordReader.fromTree(
                            HorizontalPodAutoscalerBehavior.class, known, new Problems())
                    : null;
        } catch (DecodeError e) {
            return null;
        }
    }

    /// The tree with names that begin small.
    private static Json small(Json tree) {
        return switch (tree) {
            case Json.Obj(var fields) -> {
                Map<String, Json> renamed = new LinkedHashMap<>();
                fields.forEach((name, value) ->
                        renamed.put(
                                name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1),
                                small(value)));
                yield Json.object(renamed);
            }
            case Json.Arr(var items) ->
                    Json.array(items.stream().map(AutoscalerAnnotations::small).toList());
            case Json other -> other;
        };
    }
}
