package io.coxswain.api;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Default;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.RecordType;
import io.coxswain.api.schema.Required;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns parsed JSON (maps, lists, texts, numbers) into records and back, plainly, so that tests of
/// the kinds depend on no codec.
final class Bound {

    private Bound() {}

    static <R> R read(Map<?, ?> json, Class<R> type) {
        var record = RecordType.of(type);
        var values = record.absent();
        for (var part : record.components()) {
            var value = json.get(part.json());
            var given = part.annotation(Default.class);
            if (value != null) {
                values[part.index()] = value(value, part.type());
            } else if (given != null) {
                var text = given.value();
                values[part.index()] = part.raw() == Integer.class ? Integer.valueOf(text) : text;
            }
        }
        return record.create(values);
    }

    private static @Nullable Object value(Object json, Type type) {
        if (type instanceof ParameterizedType generic) {
            var item = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                var list = new ArrayList<@Nullable Object>();
                ((List<?>) json).forEach(each -> list.add(value(each, item[0])));
                return list;
            }
            var map = new LinkedHashMap<String, @Nullable Object>();
            ((Map<?, ?>) json)
                    .forEach((key, each) -> map.put(key.toString(), value(each, item[1])));
            return map;
        }
        var raw = (Class<?>) type;
        if (raw == String.class || raw == boolean.class || raw == Boolean.class) {
            return json;
        }
        if (raw == int.class || raw == Integer.class) {
            return ((Number) json).intValue();
        }
        if (raw == long.class || raw == Long.class) {
            return ((Number) json).longValue();
        }
        if (raw == Instant.class) {
            return Instant.parse(json.toString());
        }
        if (raw == Quantity.class) {
            return Quantity.parse(json.toString());
        }
        if (raw == IntOrString.class) {
            return json instanceof Number number
                    ? IntOrString.of(number.intValue())
                    : IntOrString.of(json.toString());
        }
        if (raw == byte[].class) {
            return Base64.getDecoder().decode(json.toString());
        }
        if (Json.class.isAssignableFrom(raw)) {
            return Json.of(json.toString());
        }
        return read((Map<?, ?>) json, raw);
    }

    /// As the API writes it: what is empty is left out, unless the field is always written.
    static @Nullable Object write(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Instant time -> time.toString();
            case Quantity quantity -> quantity.text();
            case IntOrString.OfInt(var number) -> number;
            case IntOrString.OfString(var text) -> text;
            case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
            case Json json -> json.toString();
            case List<?> list -> list.stream().map(Bound::write).toList();
            case Map<?, ?> map -> {
                var written = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((key, each) -> written.put(key.toString(), write(each)));
                yield written;
            }
            case Record part -> fields(part);
            default -> value;
        };
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> fields(Record object) {
        var written = new LinkedHashMap<String, @Nullable Object>();
        for (var part : RecordType.of((Class<Record>) object.getClass()).components()) {
            var value = part.get(object);
            var always = part.has(Always.class) || part.has(Required.class);
            if (always || !empty(value, part.nullable())) {
                written.put(part.json(), write(value));
            }
        }
        return written;
    }

    private static boolean empty(@Nullable Object value, boolean nullable) {
        if (value == null) {
            return true;
        }
        var nothing =
                switch (value) {
                    case List<?> list -> list.isEmpty();
                    case Map<?, ?> map -> map.isEmpty();
                    case byte[] bytes -> bytes.length == 0;
                    default -> false;
                };
        return nothing
                || (!nullable
                        && (value.equals("")
                                || value.equals(0)
                                || value.equals(0L)
                                || value.equals(false)
                                || (value instanceof Record part && fields(part).isEmpty())));
    }
}
