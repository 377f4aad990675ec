package io.coxswain.base.flags;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The flags of one command, as the components of a record. A component may itself be a record of
/// flags, whose flags then belong to the command as well.
///
/// Grammar (pflag): `--name=value`, `--name value`, `-nvalue`, `-n value`, `-abc` for booleans,
/// flags and arguments in any order, everything behind `--` is an argument.
public final class FlagSet<R extends Record> {

    private static final Pattern DURATION_PART = Pattern.compile("([0-9.]+)(ns|us|µs|ms|s|m|h)");

    private final Class<R> type;
    private final List<Option> options = new ArrayList<>();

    /// One flag.
    private record Option(RecordComponent component, Flag flag, String name) {

        boolean isBoolean() {
            return component.getType() == boolean.class || component.getType() == Boolean.class;
        }

        boolean isList() {
            return component.getType() == List.class;
        }
    }

    /// What was on a command line.
    ///
    /// @param given the names of the flags that were there
    /// @param dash how many arguments stood before `--`; -1 when there was none
    public record Parsed<R extends Record>(
            R flags, List<String> arguments, List<String> given, int dash) {}

    private FlagSet(Class<R> type) {
        this.type = type;
        collect(type);
    }

    public static <R extends Record> FlagSet<R> of(Class<R> type) {
        return new FlagSet<>(type);
    }

    /// A command's own flags come before those it shares, so that `--user` means its own.
    private void collect(Class<?> record) {
        for (var component : record.getRecordComponents()) {
            var flag = component.getAnnotation(Flag.class);
            if (flag != null) {
                var name = flag.name().isEmpty() ? kebab(component.getName()) : flag.name();
                options.add(new Option(component, flag, name));
            } else if (!component.getType().isRecord()) {
                throw new IllegalArgumentException(component + " is no flag");
            }
        }
        for (var component : record.getRecordComponents()) {
            if (component.getType().isRecord()) {
                collect(component.getType());
            }
        }
    }

    /// Throws [UsageError].
    public Parsed<R> parse(List<String> args) {
        var values = new LinkedHashMap<Option, List<String>>();
        var arguments = new ArrayList<String>();
        var dash = -1;
        var left = new ArrayList<>(args);
        while (!left.isEmpty()) {
            var word = left.removeFirst();
            if (word.equals("--")) {
                dash = arguments.size();
                arguments.addAll(left);
                break;
            }
            if (word.startsWith("--")) {
                takeLong(word, left, values);
            } else if (word.startsWith("-") && word.length() > 1) {
                takeShort(word, left, values);
            } else {
                arguments.add(word);
            }
        }
        var given = values.keySet().stream().map(Option::name).toList();
        return new Parsed<>(type.cast(build(type, values)), List.copyOf(arguments), given, dash);
    }

    private void takeLong(String word, List<String> left, Map<Option, List<String>> values) {
        var equals = word.indexOf('=');
        var name = equals < 0 ? word.substring(2) : word.substring(2, equals);
        var option = byName(name);
        if (equals >= 0) {
            add(values, option, word.substring(equals + 1));
        } else if (option.isBoolean()) {
            add(values, option, "true");
        } else if (!option.flag().bare().isEmpty()) {
            add(values, option, option.flag().bare());
        } else if (left.isEmpty()) {
            throw new UsageError("flag needs an argument: --" + name);
        } else {
            add(values, option, left.removeFirst());
        }
    }

    private void takeShort(String word, List<String> left, Map<Option, List<String>> values) {
        for (var i = 1; i < word.length(); i++) {
            var option = byLetter(word.charAt(i), word);
            var rest = word.substring(i + 1);
            if (option.isBoolean() && !rest.startsWith("=")) {
                add(values, option, "true");
                continue;
            }
            if (!rest.isEmpty()) {
                add(values, option, rest.startsWith("=") ? rest.substring(1) : rest);
            } else if (!option.flag().bare().isEmpty()) {
                add(values, option, option.flag().bare());
            } else if (left.isEmpty()) {
                throw new UsageError("flag needs an argument: '" + word.charAt(i) + "' in " + word);
            } else {
                add(values, option, left.removeFirst());
            }
            return;
        }
    }

    private Option byName(String name) {
        return options.stream()
                .filter(option -> option.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageError("unknown flag: --" + name));
    }

    private Option byLetter(char letter, String word) {
        return options.stream()
                .filter(option -> option.flag().letter().equals(String.valueOf(letter)))
                .findFirst()
                .orElseThrow(() ->
                        new UsageError("unknown shorthand flag: '" + letter + "' in " + word));
    }

    private static void add(Map<Option, List<String>> values, Option option, String value) {
        values.computeIfAbsent(option, key -> new ArrayList<>()).add(value);
    }

    private Object build(Class<?> record, Map<Option, List<String>> values) {
        var components = record.getRecordComponents();
        var types = new Class<?>[components.length];
        var arguments = new @Nullable Object[components.length];
        for (var i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            arguments[i] = value(components[i], values);
        }
        try {
            var constructor = record.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("cannot make " + record, e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + record, e);
        }
    }

    private @Nullable Object value(RecordComponent component, Map<Option, List<String>> values) {
        for (var option : options) {
            if (!option.component().getAccessor().equals(component.getAccessor())) {
                continue;
            }
            var given = values.get(option);
            if (option.isList()) {
                return given == null ? list(option.flag().def()) : List.copyOf(given);
            }
            return convert(option, given == null ? option.flag().def() : given.getLast());
        }
        return build(component.getType(), values);
    }

    private static List<String> list(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(","));
    }

    private static @Nullable Object convert(Option option, String text) {
        var type = option.component().getType();
        try {
            if (type == String.class) {
                return text;
            }
            if (type == boolean.class) {
                return text.isEmpty() ? Boolean.FALSE : truth(text);
            }
            if (type == Boolean.class) {
                return text.isEmpty() ? null : truth(text);
            }
            if (type == int.class) {
                return text.isEmpty() ? 0 : number(text);
            }
            if (type == Integer.class) {
                return text.isEmpty() ? null : number(text);
            }
            if (type == Duration.class) {
                return duration(text.isEmpty() ? "0s" : text);
            }
        } catch (IllegalArgumentException e) {
            var letter = option.flag().letter();
            throw new UsageError(
                    "invalid argument \""
                            + text
                            + "\" for \""
                            + (letter.isEmpty() ? "" : "-" + letter + ", ")
                            + "--"
                            + option.name()
                            + "\" flag: "
                            + e.getMessage());
        }
        throw new IllegalArgumentException("no flag can be of " + type);
    }

    private static Boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "t", "1" -> true;
            case "false", "f", "0" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "strconv.ParseBool: parsing \"" + text + "\": invalid syntax");
        };
    }

    private static Integer number(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "strconv.ParseInt: parsing \"" + text + "\": invalid syntax", e);
        }
    }

    /// Go's form, `1h30m`, or a plain number of seconds.
    private static Duration duration(String text) {
        if (text.matches("-?[0-9]+")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        var parts = DURATION_PART.matcher(text);
        var end = 0;
        var total = Duration.ZERO;
        while (parts.find() && parts.start() == end) {
            var nanos = Double.parseDouble(parts.group(1)) * unitNanos(parts.group(2));
            total = total.plusNanos(Math.round(nanos));
            end = parts.end();
        }
        if (end == 0 || end != text.length()) {
            throw new IllegalArgumentException("time: invalid duration \"" + text + "\"");
        }
        return total;
    }

    private static double unitNanos(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "µs" -> 1e3;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "m" -> 60e9;
            case "h" -> 3600e9;
            default -> throw new IllegalStateException(unit);
        };
    }

    /// The lines of `--help` that describe the flags, by name.
    public String help() {
        var text = new StringBuilder();
        options.stream()
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .forEach(option -> describe(option, text));
        return text.toString();
    }

    private static void describe(Option option, StringBuilder text) {
        var flag = option.flag();
        text.append("    ")
                .append(flag.letter().isEmpty() ? "    " : "-" + flag.letter() + ", ")
                .append("--")
                .append(option.name());
        var shown = option.isBoolean() && flag.def().isEmpty() ? "false" : flag.def();
        text.append('=').append(quote(option, shown)).append(":\n\t");
        text.append(flag.value()).append("\n\n");
    }

    private static String quote(Option option, String value) {
        if (option.isList()) {
            return "[" + value + "]";
        }
        return option.component().getType() == String.class ? "'" + value + "'" : value;
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
