package io.coxswain.api.proto;

import io.coxswain.api.apiextensions.CustomResourceDefinition.JSONSchemaProps;
import io.coxswain.api.codec.Shape;
import io.coxswain.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Where the values of a message come from: a record, or the tree of a schema that the record above
/// it holds as JSON.
sealed interface Values {

    Class<JSONSchemaProps> SCHEMA = JSONSchemaProps.class;

    /// The value of a component; null when it is absent.
    @Nullable Object get(Message.Leaf leaf);

    static Values of(Object value) {
        return value instanceof Json.Obj tree ? new OfTree(tree) : new OfRecord(value);
    }

    static String text(Json json) {
        return json instanceof Json.Str(var text) ? text : "";
    }

    record OfRecord(Object object) implements Values {
        @Override
        public @Nullable Object get(Message.Leaf leaf) {
            return leaf.component().get(object);
        }
    }

    /// What does not fit the schema of schemas counts as absent.
    record OfTree(Json.Obj tree) implements Values {

        @Override
        public @Nullable Object get(Message.Leaf leaf) {
            var json = tree.get(leaf.component().json());
            var value = json == null ? null : java(leaf.shape(), json);
            return value == null && leaf.always() ? leaf.shape().zero() : value;
        }

        private static @Nullable Object java(Shape shape, Json json) {
            return switch (shape.tag()) {
                case TEXT -> json instanceof Json.Str(var text) ? text : null;
                case INT64 -> json instanceof Json.Int(var number) ? (Long) number : null;
                case INT32 -> json instanceof Json.Int(var number) ? (Integer) (int) number : null;
                case BOOL -> json instanceof Json.Bool(var truth) ? (Boolean) truth : null;
                case FLOAT64 -> real(json);
                case TREE -> json instanceof Json.Null ? null : json;
                case RECORD -> json instanceof Json.Obj ? json : null;
                case LIST -> json instanceof Json.Arr(var items) ? list(shape, items) : List.of();
                case MAP -> json instanceof Json.Obj(var map) ? map(shape, map) : Map.of();
                case TIME, MICRO_TIME, BYTES, QUANTITY, INT_OR_STRING -> null;
            };
        }

        private static @Nullable Double real(Json json) {
            return switch (json) {
                case Json.Int(var number) -> (double) number;
                case Json.Real(var number) -> number;
                case Json.Obj o -> null;
                case Json.Arr a -> null;
                case Json.Str s -> null;
                case Json.Bool b -> null;
                case Json.Null n -> null;
            };
        }

        private static List<Object> list(Shape shape, List<Json> items) {
            var list = new ArrayList<Object>(items.size());
            for (var item : items) {
                var value = java(shape.itemShape(), item);
                list.add(value == null ? shape.itemShape().zero() : value);
            }
            return list;
        }

        private static Map<String, Object> map(Shape shape, Map<String, Json> fields) {
            var map = new TreeMap<String, Object>();
            fields.forEach((key, item) -> {
                var value = java(shape.itemShape(), item);
                map.put(key, value == null ? shape.itemShape().zero() : value);
            });
            return map;
        }
    }
}
