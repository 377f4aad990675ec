package io.coxswain.api.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Writes YAML as go-yaml v2 lays it out: keys in natural order, lists not indented under their
/// key, long lines folded behind column 80. Keeps its own stack of what is still to be written.
final class YamlWriter {

    private final StringBuilder out = new StringBuilder(1024);

    /// A piece of a document that waits to be written.
    private sealed interface Task {
        /// A field: its line and its value.
        record Field(Map.Entry<String, Json> field, int indent, boolean inline) implements Task {}

        /// An item of a list.
        record Item(Json value, int indent, boolean inline) implements Task {}
    }

    String document(Json value) {
        var tasks = new ArrayList<Task>();
        switch (value) {
            case Json.Obj(var fields) when !fields.isEmpty() -> fields(fields, 0, false, tasks);
            case Json.Arr(var items) when !items.isEmpty() -> items(items, 0, false, tasks);
            case Json scalar -> {
                scalar(scalar, 2);
                out.append('\n');
            }
        }
        while (!tasks.isEmpty()) {
            switch (tasks.removeLast()) {
                case Task.Field(var field, var indent, var inline) -> {
                    pad(indent, inline);
                    new YamlText(out, 0, false).write(field.getKey());
                    out.append(':');
                    value(field.getValue(), indent, tasks);
                }
                case Task.Item(var item, var indent, var inline) -> {
                    pad(indent, inline);
                    out.append('-');
                    item(item, indent, tasks);
                }
            }
        }
        return out.toString();
    }

    private void value(Json value, int indent, List<Task> tasks) {
        switch (value) {
            case Json.Obj(var fields) when !fields.isEmpty() -> {
                out.append('\n');
                fields(fields, indent + 2, false, tasks);
            }
            case Json.Arr(var items) when !items.isEmpty() -> {
                out.append('\n');
                items(items, indent, false, tasks);
            }
            case Json scalar -> {
                out.append(' ');
                scalar(scalar, indent + 2);
                out.append('\n');
            }
        }
    }

    private void item(Json value, int indent, List<Task> tasks) {
        out.append(' ');
        switch (value) {
            case Json.Obj(var fields) when !fields.isEmpty() ->
                    fields(fields, indent + 2, true, tasks);
            case Json.Arr(var items) when !items.isEmpty() -> items(items, indent + 2, true, tasks);
            case Json scalar -> {
                scalar(scalar, indent + 2);
                out.append('\n');
            }
        }
    }

    private static void fields(
            Map<String, Json> fields, int indent, boolean inline, List<Task> tasks) {
        var sorted = new ArrayList<>(fields.entrySet());
        sorted.sort((a, b) -> compare(a.getKey(), b.getKey()));
        for (var i = sorted.size() - 1; i >= 0; i--) {
            tasks.add(new Task.Field(sorted.get(i), indent, inline && i == 0));
        }
    }

    private static void items(List<Json> items, int indent, boolean inline, List<Task> tasks) {
        for (var i = items.size() - 1; i >= 0; i--) {
            tasks.add(new Task.Item(items.get(i), indent, inline && i == 0));
        }
    }

    private void pad(int indent, boolean inline) {
        if (!inline) {
            out.repeat(' ', indent);
        }
    }

    private void scalar(Json value, int indent) {
        switch (value) {
            case Json.Str(var text) -> new YamlText(out, indent, true).write(text);
            case Json.Int(var number) -> out.append(number);
            case Json.Real(var number) -> out.append(real(number));
            case Json.Bool(var truth) -> out.append(truth);
            case Json.Null n -> out.append("null");
            case Json.Obj o -> out.append("{}");
            case Json.Arr a -> out.append("[]");
        }
    }

    /// Go's `%g`: an exponent of at least two digits below 1e-4 and from 1e6 on.
    private static String real(double value) {
        var digits = new java.math.BigDecimal(Double.toString(value)).stripTrailingZeros();
        var exponent = digits.precision() - digits.scale() - 1;
        if (value == 0 || (exponent >= -4 && exponent < 6)) {
            return JsonBuffer.text(value);
        }
        var mantissa = digits.movePointLeft(exponent).stripTrailingZeros().toPlainString();
        return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    /// go-yaml's order of keys: digits by value, before letters.
    static int compare(String a, String b) {
        var size = Math.min(a.length(), b.length());
        for (var i = 0; i < size; i++) {
            var x = a.charAt(i);
            var y = b.charAt(i);
            if (x == y) {
                continue;
            }
            var letterX = Character.isLetter(x);
            var letterY = Character.isLetter(y);
            if (letterX || letterY) {
                return letterX && letterY ? Character.compare(x, y) : letterY ? -1 : 1;
            }
            return compareDigits(a, b, i);
        }
        return Integer.compare(a.length(), b.length());
    }

    private static int compareDigits(String a, String b, int at) {
        var first = 0L;
        if (a.charAt(at) == '0' || b.charAt(at) == '0') {
            for (var j = at - 1; j >= 0 && Character.isDigit(a.charAt(j)); j--) {
                if (a.charAt(j) != '0') {
                    first = 1;
                    break;
                }
            }
        }
        var endA = digitsEnd(a, at);
        var endB = digitsEnd(b, at);
        var order = Long.compare(number(first, a, at, endA), number(first, b, at, endB));
        if (order != 0) {
            return order;
        }
        return endA != endB
                ? Integer.compare(endA, endB)
                : Character.compare(a.charAt(at), b.charAt(at));
    }

    private static int digitsEnd(String text, int from) {
        var end = from;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static long number(long first, String text, int from, int to) {
        var number = first;
        for (var i = from; i < to; i++) {
            number = number * 10 + Character.digit(text.charAt(i), 10);
        }
        return number;
    }
}
