package io.coxswain.cli.output.template;

import io.coxswain.api.json.Json;
import io.coxswain.cli.CliError;
import io.coxswain.cli.output.template.Part.Call;
import io.coxswain.cli.output.template.Part.Operand;
import io.coxswain.cli.output.template.Part.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a template into parts.
final class TemplateParser {

    private static final Pattern TOKEN =
            Pattern.compile(
                    "\\s+|\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`|:=|[|(),]|-?\\d+(?:\\.\\d+)?"
                            + "|\\$?[\\w$]*(?:\\.[\\w\\-]+)+|\\.|\\$?\\w+|\\$");

    private final String source;
    private int at;

    /// What ends a list of parts, and what stood behind it: `else if .x` is `else` and `if .x`.
    private record Ending(String word, List<String> rest) {}

    private Ending ending = new Ending("", List.of());

    TemplateParser(String source) {
        this.source = source;
    }

    List<Part> parse() {
        var parts = parts();
        if (!ending.word().isEmpty()) {
            throw malformed("unexpected {{" + ending.word() + "}}");
        }
        return parts;
    }

    private CliError malformed(String why) {
        var line = source.substring(0, Math.min(at, source.length())).lines().count();
        return new CliError(
                "error parsing template "
                        + source
                        + ", template: output:"
                        + Math.max(1, line)
                        + ": "
                        + why);
    }

    /// The parts up to an `else`, an `end` or the end of the text.
    private List<Part> parts() {
        var parts = new ArrayList<Part>();
        while (true) {
            var open = source.indexOf("{{", at);
            if (open < 0) {
                text(source.substring(at), parts);
                at = source.length();
                ending = new Ending("", List.of());
                return parts;
            }
            var trimsBefore = source.startsWith("{{- ", open);
            var text = source.substring(at, open);
            text(trimsBefore ? text.stripTrailing() : text, parts);
            var words = action(open + (trimsBefore ? 3 : 2));
            var first = words.isEmpty() ? "" : words.getFirst();
            if (first.equals("else") || first.equals("end")) {
                ending = new Ending(first, words.subList(1, words.size()));
                return parts;
            }
            if (!first.startsWith("/*")) {
                parts.add(part(words));
            }
        }
    }

    private static void text(String text, List<Part> parts) {
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text));
        }
    }

    /// The words of an action; moves behind its end.
    private List<String> action(int from) {
        if (source.startsWith("/*", from)) {
            var end = source.indexOf("}}", from);
            at = end < 0 ? source.length() : end + 2;
            return List.of("/*");
        }
        var words = new ArrayList<String>();
        var token = TOKEN.matcher(source);
        at = from;
        while (at < source.length()) {
            if (source.startsWith("}}", at)) {
                at += 2;
                return words;
            }
            if (source.startsWith(" -}}", at) || source.startsWith("-}}", at)) {
                at = source.indexOf("}}", at) + 2;
                while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
                    at++;
                }
                return words;
            }
            next(token, words);
        }
        throw malformed("unclosed action");
    }

    private void next(Matcher token, List<String> words) {
        token.region(at, source.length());
        if (!token.lookingAt()) {
            var bad = source.charAt(at);
            throw malformed(
                    bad == '\\'
                            ? "unexpected \"\\\\\" in command"
                            : "unexpected \"" + bad + "\" in command");
        }
        if (!token.group().isBlank()) {
            words.add(token.group());
        }
        at = token.end();
    }

    private Part part(List<String> words) {
        var rest = words.isEmpty() ? words : words.subList(1, words.size());
        return switch (words.isEmpty() ? "" : words.getFirst()) {
            case "if" -> branch(rest, false);
            case "with" -> branch(rest, true);
            case "range" -> range(rest);
            default -> new Part.Output(pipeline(words));
        };
    }

    private Part branch(List<String> words, boolean moves) {
        var test = pipeline(words);
        var then = parts();
        return new Part.If(test, moves, then, otherwise());
    }

    /// What follows `else`, up to and behind the `end`.
    private List<Part> otherwise() {
        if (ending.word().equals("end")) {
            return List.of();
        }
        if (ending.word().isEmpty()) {
            throw malformed("unexpected EOF");
        }
        if (!ending.rest().isEmpty()) {
            return List.of(part(ending.rest()));
        }
        var parts = parts();
        if (!ending.word().equals("end")) {
            throw malformed("unexpected EOF");
        }
        return parts;
    }

    private Part range(List<String> words) {
        var assigned = words.indexOf(":=");
        var names = assigned < 0 ? List.<String>of() : words.subList(0, assigned);
        var index = names.size() == 3 ? names.get(0) : "";
        var element = names.isEmpty() ? "" : names.getLast();
        var of = pipeline(words.subList(assigned + 1, words.size()));
        var body = parts();
        return new Part.Range(of, index, element, body, otherwise());
    }

    private Pipeline pipeline(List<String> given) {
        var words = given;
        var variable = "";
        if (words.size() > 2 && words.get(1).equals(":=")) {
            variable = words.getFirst();
            words = words.subList(2, words.size());
        }
        if (words.isEmpty()) {
            throw malformed("missing value for command");
        }
        var calls = new ArrayList<Call>();
        var operands = new ArrayList<Operand>();
        for (var i = 0; i < words.size(); i++) {
            var word = words.get(i);
            if (word.equals("|")) {
                calls.add(new Call(List.copyOf(operands)));
                operands.clear();
            } else if (word.equals("(")) {
                var end = closing(words, i);
                operands.add(new Operand.Nested(pipeline(words.subList(i + 1, end)), List.of()));
                i = end;
            } else {
                operands.add(operand(word));
            }
        }
        calls.add(new Call(List.copyOf(operands)));
        return new Pipeline(variable, calls);
    }

    private int closing(List<String> words, int open) {
        var depth = 0;
        for (var i = open; i < words.size(); i++) {
            depth += words.get(i).equals("(") ? 1 : words.get(i).equals(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw malformed("unclosed left paren");
    }

    private Operand operand(String word) {
        var first = word.charAt(0);
        if (first == '"') {
            return new Operand.Literal(Json.of(unquoted(word)));
        }
        if (first == '`') {
            return new Operand.Literal(Json.of(word.substring(1, word.length() - 1)));
        }
        if (word.matches("-?\\d+")) {
            return new Operand.Literal(Json.of(Long.parseLong(word)));
        }
        if (word.equals("true") || word.equals("false")) {
            return new Operand.Literal(Json.of(word.equals("true")));
        }
        if (word.equals("nil")) {
            return new Operand.Literal(Json.NULL);
        }
        if (first == '.' || first == '$') {
            var parts = new ArrayList<>(List.of(word.split("\\.")));
            var variable = parts.isEmpty() ? "" : parts.removeFirst();
            return new Operand.Path(variable, parts);
        }
        if (!Functions.NAMES.contains(word)) {
            throw malformed("function \"" + word + "\" not defined");
        }
        return new Operand.Function(word);
    }

    private static String unquoted(String word) {
        return word.substring(1, word.length() - 1).translateEscapes();
    }
}
