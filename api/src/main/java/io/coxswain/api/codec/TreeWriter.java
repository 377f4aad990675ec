package io.coxswain.api.codec;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Turns records into the trees that their JSON would be read as, without writing it.
final class TreeWriter {

    private TreeWriter() {}

    static Json.Obj struct(Plan plan, Object record) {
        var fields = new LinkedHashMap<String, Json>();
        var type = plan.type().type();
        var kind = plan.kind() == null ? null : type.getAnnotation(Kind.class);
        if (kind != null) {
            fields.put("kind", Json.of(type.getSimpleName()));
            var group = kind.group().isEmpty() ? "" : kind.group() + "/";
            fields.put("apiVersion", Json.of(group + kind.version()));
        }
        for (var slot : plan.slots()) {
            var value = slot.component().get(record);
            if (!slot.omits(value)) {
                fields.put(slot.component().json(), value(slot.shape(), value));
            }
        }
        return new Json.Obj(fields);
    }

    static Json value(Shape shape, @Nullable Object value) {
        if (value == null) {
            return Json.NULL;
        }
        return switch (shape.tag()) {
            case TEXT -> Json.of((String) value);
            case INT32 -> Json.of((int) value);
            case INT64 -> Json.of((long) value);
            case FLOAT64 -> real((double) value);
            case BOOL -> Json.of((boolean) value);
            case TIME -> Json.of(Times.seconds((Instant) value));
            case MICRO_TIME -> Json.of(Times.micros((Instant) value));
            case BYTES -> bytes((byte[]) value);
            case QUANTITY -> Json.of(((Quantity) value).text());
            case INT_OR_STRING -> intOrString((IntOrString) value);
            case TREE -> (Json) value;
            case RECORD -> struct(shape.plan(), value);
            case LIST -> list(shape.itemShape(), (List<?>) value);
            case MAP -> map(shape.itemShape(), (Map<?, ?>) value);
        };
    }

    /// JSON does not tell 2.0 from 2.
    private static Json real(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e18
                ? Json.of((long) value)
                : new Json.Real(value);
    }

    private static Json bytes(byte[] value) {
        return value.length == 0 ? Json.NULL : Json.of(Base64.getEncoder().encodeToString(value));
    }

    private static Json intOrString(IntOrString value) {
        return switch (value) {
            case IntOrString.OfInt(var number) -> Json.of(number);
            case IntOrString.OfString(var text) -> Json.of(text);
        };
    }

    private static Json list(Shape item, List<?> items) {
        if (items.isEmpty()) {
            return Json.NULL;
        }
        var tree = new ArrayList<Json>(items.size());
        for (var each : items) {
            tree.add(value(item, each));
        }
        return new Json.Arr(Collections.unmodifiableList(tree));
    }

    private static Json map(Shape item, Map<?, ?> map) {
        if (map.isEmpty()) {
            return Json.NULL;
        }
        var fields = new LinkedHashMap<String, Json>();
        var sorted = map instanceof ArrayMap<?> ? map : new TreeMap<>(map);
        sorted.forEach((key, each) -> fields.put((String) key, value(item, each)));
        return new Json.Obj(fields);
    }
}
