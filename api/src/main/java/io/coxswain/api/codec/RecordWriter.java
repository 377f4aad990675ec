package io.coxswain.api.codec;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonBuffer;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.api.schema.Quantity;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes records as canonical JSON: kind and apiVersion first, then the components in their order.
public final class RecordWriter {

    private final JsonBuffer out;
    private final boolean draft;
    private int gap = -1;

    private RecordWriter(JsonBuffer out, boolean draft) {
        this.out = out;
        this.draft = draft;
    }

    public static byte[] write(Record object) {
        var out = new JsonBuffer(1024);
        write(object, out);
        return out.toBytes();
    }

    public static void write(Record object, JsonBuffer out) {
        new RecordWriter(out, false).struct(Plan.of(object.getClass()), object);
    }

    /// Writes an object with an empty `metadata.resourceVersion` and tells where its digits belong.
    public static Encoded encode(Record object) {
        var out = new JsonBuffer(1024);
        var writer = new RecordWriter(out, true);
        writer.struct(Plan.of(object.getClass()), object);
        return new Encoded(out.toBytes(), writer.gap);
    }

    /// The tree of what [#write(Record)] writes.
    public static Json.Obj toTree(Record object) {
        return TreeWriter.struct(Plan.of(object.getClass()), object);
    }

    private void struct(Plan plan, Object record) {
        out.raw('{');
        var comma = false;
        var kind = plan.kind();
        if (kind != null) {
            out.raw(kind);
            comma = true;
        }
        for (var slot : plan.slots()) {
            var value = slot.component().get(record);
            var gapHere = draft && gap < 0 && revision(plan, slot);
            if (!gapHere && slot.omits(value)) {
                continue;
            }
            if (comma) {
                out.raw(',');
            }
            comma = true;
            out.raw(slot.prefix());
            if (gapHere) {
                gap = out.length() + 1;
                out.raw("\"\"");
            } else {
                value(slot.shape(), value);
            }
        }
        out.raw('}');
    }

    private static boolean revision(Plan plan, Plan.Slot slot) {
        return plan.type().type() == ObjectMeta.class
                && slot.component().name().equals("resourceVersion");
    }

    private void value(Shape shape, @Nullable Object value) {
        if (value == null) {
            out.raw("null");
            return;
        }
        switch (shape.tag()) {
            case TEXT -> out.string((String) value);
            case INT32 -> out.number((int) value);
            case INT64 -> out.number((long) value);
            case FLOAT64 -> out.number((double) value);
            case BOOL -> out.raw((boolean) value ? "true" : "false");
            case TIME -> out.raw('"').raw(Times.seconds((Instant) value)).raw('"');
            case MICRO_TIME -> out.raw('"').raw(Times.micros((Instant) value)).raw('"');
            case BYTES -> bytes((byte[]) value);
            case QUANTITY -> out.string(((Quantity) value).text());
            case INT_OR_STRING -> intOrString((IntOrString) value);
            case TREE -> JsonWriter.write((Json) value, out);
            case RECORD -> struct(shape.plan(), value);
            case LIST -> list(shape.itemShape(), (List<?>) value);
            case MAP -> map(shape.itemShape(), (Map<?, ?>) value);
        }
    }

    private void bytes(byte[] value) {
        if (value.length == 0) {
            out.raw("null");
        } else {
            out.raw('"').raw(Base64.getEncoder().encode(value)).raw('"');
        }
    }

    private void intOrString(IntOrString value) {
        switch (value) {
            case IntOrString.OfInt(var number) -> out.number(number);
            case IntOrString.OfString(var text) -> out.string(text);
        }
    }

    /// An empty list gets here only where absence is written too, and Go's nil list is `null`.
    private void list(Shape item, List<?> items) {
        if (items.isEmpty()) {
            out.raw("null");
            return;
        }
        var separator = '[';
        for (var each : items) {
            out.raw(separator);
            value(item, each);
            separator = ',';
        }
        out.raw(']');
    }

    private void map(Shape item, Map<?, ?> map) {
        if (map.isEmpty()) {
            out.raw("null");
            return;
        }
        var separator = '{';
        var sorted = map instanceof ArrayMap<?> ? map : new TreeMap<>(map);
        for (var entry : sorted.entrySet()) {
            out.raw(separator).string((String) entry.getKey()).raw(':');
            value(item, entry.getValue());
            separator = ',';
        }
        out.raw('}');
    }
}
