package io.coxswain.api.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes [Json] as bytes the way Go's `encoding/json` does. Keeps its own stack.
public final class JsonWriter {

    /// A container whose beginning is written.
    private static final class Open {
        final @Nullable Iterator<Map.Entry<String, Json>> fields;
        final Iterator<Json> items;
        boolean begun;

        Open(@Nullable Iterator<Map.Entry<String, Json>> fields, Iterator<Json> items) {
            this.fields = fields;
            this.items = items;
        }

        boolean more() {
            return fields == null ? items.hasNext() : fields.hasNext();
        }
    }

    private final JsonBuffer out;
    private final int indent;
    private final boolean sorted;

    private JsonWriter(JsonBuffer out, int indent, boolean sorted) {
        this.out = out;
        this.indent = indent;
        this.sorted = sorted;
    }

    /// Compact, fields in the order they have.
    public static byte[] write(Json value) {
        var out = new JsonBuffer(512);
        write(value, out);
        return out.toBytes();
    }

    public static void write(Json value, JsonBuffer out) {
        new JsonWriter(out, 0, false).value(value);
    }

    /// Compact, fields sorted by name: how Go writes a map, so how custom objects look.
    public static byte[] canonical(Json value) {
        var out = new JsonBuffer(512);
        new JsonWriter(out, 0, true).value(value);
        return out.toBytes();
    }

    /// Indented, fields in the order they have; no line end behind the last line.
    public static String pretty(Json value, int indent) {
        return text(value, indent, false);
    }

    /// Indented, fields sorted by name, as `kubectl -o json` prints them (with 4 spaces).
    public static String prettySorted(Json value, int indent) {
        return text(value, indent, true);
    }

    private static String text(Json value, int indent, boolean sorted) {
        var out = new JsonBuffer(2048);
        new JsonWriter(out, indent, sorted).value(value);
        return new String(out.toBytes(), StandardCharsets.UTF_8);
    }

    /// The same value with the fields of all objects sorted by name.
    public static Json sorted(Json value) {
        return switch (value) {
            case Json.Obj(var fields) -> sorted(fields);
            case Json.Arr(var items) -> Json.array(items.stream().map(JsonWriter::sorted).toList());
            case Json.Str s -> s;
            case Json.Int i -> i;
            case Json.Real r -> r;
            case Json.Bool b -> b;
            case Json.Null n -> n;
        };
    }

    private static Json sorted(Map<String, Json> fields) {
        var sorted = new LinkedHashMap<String, Json>();
        for (var field : new TreeMap<>(fields).entrySet()) {
            sorted.put(field.getKey(), sorted(field.getValue()));
        }
        return new Json.Obj(sorted);
    }

    private void value(Json value) {
        var stack = new ArrayList<Open>();
        start(value, stack);
        while (!stack.isEmpty()) {
            var open = stack.getLast();
            if (!open.more()) {
                stack.removeLast();
                line(stack.size());
                out.raw(open.fields == null ? ']' : '}');
                continue;
            }
            if (open.begun) {
                out.raw(',');
            }
            open.begun = true;
            next(open, stack);
        }
    }

    private void next(Open open, List<Open> stack) {
        line(stack.size());
        if (open.fields == null) {
            start(open.items.next(), stack);
            return;
        }
        var field = open.fields.next();
        out.string(field.getKey()).raw(':');
        if (indent > 0) {
            out.raw(' ');
        }
        start(field.getValue(), stack);
    }

    /// Writes a scalar or an empty container; opens any other container.
    private void start(Json value, List<Open> stack) {
        switch (value) {
            case Json.Obj(var fields) when fields.isEmpty() -> out.raw("{}");
            case Json.Obj(var fields) -> {
                out.raw('{');
                var order = sorted ? new TreeMap<>(fields) : fields;
                stack.add(new Open(order.entrySet().iterator(), List.<Json>of().iterator()));
            }
            case Json.Arr(var items) when items.isEmpty() -> out.raw("[]");
            case Json.Arr(var items) -> {
                out.raw('[');
                stack.add(new Open(null, items.iterator()));
            }
            case Json.Str(var text) -> out.string(text);
            case Json.Int(var number) -> out.number(number);
            case Json.Real(var number) -> out.number(number);
            case Json.Bool(var truth) -> out.raw(truth ? "true" : "false");
            case Json.Null n -> out.raw("null");
        }
    }

    private void line(int depth) {
        if (indent > 0) {
            out.raw('\n').raw(" ".repeat(indent * depth));
        }
    }
}
