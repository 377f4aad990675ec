package io.coxswain.api.codec;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.api.schema.Quantity;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a Java type appears in JSON.
///
/// @param item what a list or map holds
/// @param record the class of a struct
public record Shape(Tag tag, @Nullable Shape item, @Nullable Class<?> record) {

    public enum Tag {
        TEXT,
        INT32,
        INT64,
        BOOL,
        FLOAT64,
        TIME,
        MICRO_TIME,
        BYTES,
        QUANTITY,
        INT_OR_STRING,
        TREE,
        RECORD,
        LIST,
        MAP
    }

    public static Shape of(Type type, boolean micros) {
        if (type instanceof ParameterizedType generic) {
            var arguments = generic.getActualTypeArguments();
            var item = of(arguments[arguments.length - 1], micros);
            return new Shape(generic.getRawType() == List.class ? Tag.LIST : Tag.MAP, item, null);
        }
        if (type instanceof Class<?> raw) {
            return raw.isRecord()
                            && !Quantity.class.equals(raw)
                            && !Json.class.isAssignableFrom(raw)
                    ? new Shape(Tag.RECORD, null, raw)
                    : new Shape(scalar(raw, micros), null, null);
        }
        throw new IllegalStateException(type + " has no form in JSON");
    }

    private static final Map<Class<?>, Tag> SCALARS =
            Map.ofEntries(
                    Map.entry(String.class, Tag.TEXT),
                    Map.entry(int.class, Tag.INT32),
                    Map.entry(Integer.class, Tag.INT32),
                    Map.entry(long.class, Tag.INT64),
                    Map.entry(Long.class, Tag.INT64),
                    Map.entry(boolean.class, Tag.BOOL),
                    Map.entry(Boolean.class, Tag.BOOL),
                    Map.entry(double.class, Tag.FLOAT64),
                    Map.entry(Double.class, Tag.FLOAT64),
                    Map.entry(byte[].class, Tag.BYTES),
                    Map.entry(Quantity.class, Tag.QUANTITY),
                    Map.entry(IntOrString.class, Tag.INT_OR_STRING));

    private static Tag scalar(Class<?> raw, boolean micros) {
        if (raw == Instant.class) {
            return micros ? Tag.MICRO_TIME : Tag.TIME;
        }
        if (Json.class.isAssignableFrom(raw)) {
            return Tag.TREE;
        }
        var tag = SCALARS.get(raw);
        if (tag == null) {
            throw new IllegalStateException(raw + " has no form in JSON");
        }
        return tag;
    }

    /// The plan of the struct this is.
    Plan plan() {
        return Plan.of(struct());
    }

    public Class<?> struct() {
        if (record == null) {
            throw new IllegalStateException("no struct: " + tag);
        }
        return record;
    }

    public Shape itemShape() {
        if (item == null) {
            throw new IllegalStateException("no list or map: " + tag);
        }
        return item;
    }

    /// What a null inside a list or map stands for.
    public Object zero() {
        return switch (tag) {
            case TEXT -> "";
            case INT32 -> 0;
            case INT64 -> 0L;
            case BOOL -> false;
            case FLOAT64 -> 0.0;
            case TIME, MICRO_TIME -> Instant.EPOCH;
            case BYTES -> new byte[0];
            case QUANTITY -> Quantity.ZERO;
            case INT_OR_STRING -> IntOrString.of(0);
            case TREE -> Json.NULL;
            case RECORD -> plan().type().empty();
            case LIST -> List.of();
            case MAP -> Map.of();
        };
    }

    /// The name of the type in Go, for error texts.
    String goType() {
        return switch (tag) {
            case TEXT -> "string";
            case INT32 -> "int32";
            case INT64 -> "int64";
            case BOOL -> "bool";
            case FLOAT64 -> "float64";
            case TIME -> "v1.Time";
            case MICRO_TIME -> "v1.MicroTime";
            case BYTES -> "[]uint8";
            case QUANTITY -> "resource.Quantity";
            case INT_OR_STRING -> "intstr.IntOrString";
            case TREE -> "runtime.RawExtension";
            case RECORD -> Plan.goName(struct());
            case LIST -> "[]" + itemShape().goType();
            case MAP ->
                    itemShape().tag == Tag.QUANTITY
                            ? "v1.ResourceList"
                            : "map[string]" + itemShape().goType();
        };
    }
}
