package io.coxswain.api.proto;

import io.coxswain.api.codec.ArrayMap;
import io.coxswain.api.codec.Shape;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.api.schema.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes records as protobuf messages, byte for byte as upstream does: fields in ascending order,
/// maps sorted, what Go holds by value even when it is zero.
public final class ProtoWriter {

    /// How deep schemas of custom resources nest.
    private static final int SCHEMAS_MAX = 500;

    private final WireWriter out;
    private int depth;

    ProtoWriter(WireWriter out) {
        this.out = out;
    }

    /// The message of a record, without an envelope.
    public static byte[] write(Record object) {
        var out = new WireWriter(1024);
        new ProtoWriter(out).message(object);
        return out.toBytes();
    }

    /// Whether records of this class have a message at all.
    public static boolean writes(Class<?> record) {
        return Numbers.of(record) != null;
    }

    void message(Record object) {
        var message = Message.of(object.getClass());
        fields(message.top(), new Values.OfRecord(object));
    }

    private void fields(Message.Fields fields, Values values) {
        var all = fields.inOrder();
        for (var i = all.length - 1; i >= 0; i--) {
            switch (all[i]) {
                case Message.Fields inner -> {
                    var from = out.length();
                    fields(inner, values);
                    out.delimit(inner.number(), from);
                }
                case Message.Leaf leaf -> leaf(leaf, values.get(leaf));
            }
        }
    }

    private void leaf(Message.Leaf leaf, @Nullable Object value) {
        if (value != null) {
            value(leaf, leaf.number(), leaf.shape(), value);
        } else if (leaf.always()) {
            out.delimit(leaf.number(), out.length()); // An absent time or document: a message of 0.
        }
    }

    private void value(Message.Leaf leaf, int number, Shape shape, Object value) {
        switch (shape.tag()) {
            case TEXT -> out.text(number, (String) value);
            case INT32 -> out.number(number, (int) value);
            case INT64 -> out.number(number, (long) value);
            case BOOL -> out.number(number, (boolean) value ? 1 : 0);
            case FLOAT64 -> out.real(number, (double) value);
            case BYTES -> {
                if (((byte[]) value).length > 0 || leaf.component().nullable()) {
                    out.bytes(number, (byte[]) value);
                }
            }
            case TIME, MICRO_TIME, QUANTITY, INT_OR_STRING, TREE, RECORD -> {
                var from = out.length();
                content(leaf, shape, value);
                out.delimit(number, from);
            }
            case LIST -> list(leaf, number, shape.itemShape(), (List<?>) value);
            case MAP -> map(leaf, number, shape.itemShape(), (Map<?, ?>) value);
        }
    }

    /// What stands inside the message of a value.
    private void content(Message.Leaf leaf, Shape shape, Object value) {
        switch (value) {
            case Instant time -> time(time, shape.tag() == Shape.Tag.MICRO_TIME);
            case Quantity quantity -> out.text(1, quantity.text());
            case IntOrString either -> intOrString(either);
            case Json json when shape.tag() == Shape.Tag.TREE -> any(leaf.form(), json);
            default -> fields(Message.of(shape.struct()).top(), Values.of(value));
        }
    }

    private void time(Instant time, boolean micros) {
        out.number(2, micros ? time.getNano() / 1000 * 1000 : 0);
        out.number(1, time.getEpochSecond());
    }

    private void intOrString(IntOrString value) {
        switch (value) {
            case IntOrString.OfInt(var number) -> {
                out.text(3, "");
                out.number(2, number);
                out.number(1, 0);
            }
            case IntOrString.OfString(var text) -> {
                out.text(3, text);
                out.number(2, 0);
                out.number(1, 1);
            }
        }
    }

    private void list(Message.Leaf leaf, int number, Shape item, List<?> items) {
        for (var i = items.size() - 1; i >= 0; i--) {
            element(leaf, number, item, items.get(i));
        }
    }

    private void map(Message.Leaf leaf, int number, Shape item, Map<?, ?> map) {
        var sorted = map instanceof ArrayMap<?> ? map : new TreeMap<>(map);
        var entries = sorted.entrySet().toArray(Map.Entry<?, ?>[]::new);
        for (var i = entries.length - 1; i >= 0; i--) {
            var from = out.length();
            if (item.tag() == Shape.Tag.LIST) { // A message that holds nothing but the list.
                list(leaf, 1, item.itemShape(), (List<?>) entries[i].getValue());
                out.delimit(2, from);
            } else {
                element(leaf, 2, item, entries[i].getValue());
            }
            out.text(1, (String) entries[i].getKey());
            out.delimit(number, from);
        }
    }

    /// A value in a list or map, where it counts even when it is empty.
    private void element(Message.Leaf leaf, int number, Shape item, Object value) {
        if (value instanceof byte[] bytes) {
            out.bytes(number, bytes);
        } else {
            value(leaf, number, item, value);
        }
    }

    private void any(Message.AnyForm form, Json value) {
        switch (form) {
            case RAW -> out.bytes(1, JsonWriter.write(value));
            case EMPTY -> {}
            case BOOL -> {
                if (value instanceof Json.Obj) {
                    schema(2, value);
                }
                out.number(1, value instanceof Json.Bool(var truth) && !truth ? 0 : 1);
            }
            case ARRAY -> {
                if (value instanceof Json.Arr(var items)) {
                    items.reversed().forEach(item -> schema(2, item));
                } else {
                    schema(1, value);
                }
            }
            case STRINGS -> {
                if (value instanceof Json.Arr(var items)) {
                    items.reversed().forEach(item -> out.text(2, Values.text(item)));
                } else {
                    schema(1, value);
                }
            }
        }
    }

    private void schema(int number, Json value) {
        if (value instanceof Json.Obj schema) {
            if (++depth > SCHEMAS_MAX) {
                throw new DecodeError("exceeded max depth");
            }
            var from = out.length();
            fields(Message.of(Values.SCHEMA).top(), new Values.OfTree(schema));
            out.delimit(number, from);
            depth--;
        }
    }
}
