package io.coxswain.cli.output;

import io.coxswain.api.json.Json;
import io.coxswain.cli.CliError;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads JSONPath templates.
final class PathParser {

    private static final Pattern INDEX = Pattern.compile("(-?\\d*)(?:(:)(-?\\d*)(?::(-?\\d*))?)?");
    private static final Pattern COMPARISON =
            Pattern.compile("(==|!=|<=|>=|<|>)(?=(?:[^\"']|\"[^\"]*\"|'[^']*')*$)");

    private final String text;
    private int at;

    /// A part of a template.
    sealed interface Node {
        record Text(String text) implements Node {}

        record Path(List<Step> steps) implements Node {}

        record Range(List<Step> steps, List<Node> body) implements Node {}
    }

    /// A part of an expression.
    sealed interface Step {
        record Root() implements Step {}

        record Current() implements Step {}

        record Field(String name) implements Step {}

        record All() implements Step {}

        record Deep(String name) implements Step {}

        record Slice(
                @Nullable Integer index,
                @Nullable Integer from,
                @Nullable Integer to,
                @Nullable Integer step)
                implements Step {}

        record Union(List<List<Step>> parts) implements Step {}

        record Filter(Operand left, String operator, Operand right) implements Step {}
    }

    /// A side of a comparison.
    sealed interface Operand {
        record Literal(Json value) implements Operand {}

        record Path(List<Step> steps) implements Operand {}
    }

    PathParser(String text) {
        this.text = text;
    }

    List<Node> template() {
        var nodes = nodes(false);
        if (at < text.length()) {
            throw malformed("not in range, nothing to end");
        }
        return nodes;
    }

    private static CliError malformed(String why) {
        return new CliError(why);
    }

    private List<Node> nodes(boolean inRange) {
        var nodes = new ArrayList<Node>();
        while (at < text.length()) {
            var open = text.indexOf('{', at);
            if (open != at) {
                var end = open < 0 ? text.length() : open;
                nodes.add(new Node.Text(text.substring(at, end)));
                at = end;
                continue;
            }
            var close = closing(at);
            var inside = text.substring(at + 1, close).strip();
            if (inside.equals("end")) {
                if (inRange) {
                    at = close + 1;
                }
                return nodes;
            }
            at = close + 1;
            nodes.addAll(action(inside));
        }
        if (inRange) {
            throw malformed("unterminated range");
        }
        return nodes;
    }

    private List<Node> action(String inside) {
        if (inside.startsWith("range ") || inside.equals("range")) {
            var steps = steps(inside.substring(5).strip());
            return List.of(new Node.Range(steps, nodes(true)));
        }
        var nodes = new ArrayList<Node>();
        for (var word : words(inside)) {
            if (word.startsWith("\"") || word.startsWith("'")) {
                nodes.add(new Node.Text(unquoted(word)));
            } else {
                nodes.add(new Node.Path(steps(word)));
            }
        }
        return nodes;
    }

    /// The brace that closes the one at `open`, quoted ones not counted.
    private int closing(int open) {
        var quote = '\0';
        for (var i = open + 1; i < text.length(); i++) {
            var c = text.charAt(i);
            if (quote != '\0') {
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = '\0';
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '}') {
                return i;
            }
        }
        throw malformed("unclosed action");
    }

    /// Splits at blanks outside of quotes and brackets.
    private static List<String> words(String inside) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        var depth = 0;
        var quote = '\0';
        for (var i = 0; i < inside.length(); i++) {
            var c = inside.charAt(i);
            if (quote != '\0') {
                quote = c == quote ? '\0' : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '[' || c == '(') {
                depth++;
            } else if (c == ']' || c == ')') {
                depth--;
            } else if (c == ' ' && depth == 0) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                continue;
            }
            word.append(c);
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    private static String unquoted(String word) {
        if (word.length() < 2 || word.charAt(word.length() - 1) != word.charAt(0)) {
            throw malformed("unterminated quoted string");
        }
        return word.substring(1, word.length() - 1)
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\r", "\r")
                .replace("\\\"", "\"")
                .replace("\\'", "'")
                .replace("\\\\", "\\");
    }

    static List<Step> steps(String expression) {
        var steps = new ArrayList<Step>();
        var i = 0;
        while (i < expression.length()) {
            var c = expression.charAt(i);
            if (c == '$') {
                steps.add(new Step.Root());
                i++;
            } else if (c == '@') {
                steps.add(new Step.Current());
                i++;
            } else if (c == '[') {
                var close = bracket(expression, i);
                steps.add(bracketed(expression.substring(i + 1, close).strip()));
                i = close + 1;
            } else if (expression.startsWith("..", i)) {
                var end = wordEnd(expression, i + 2);
                steps.add(new Step.Deep(plain(expression.substring(i + 2, end))));
                i = end;
            } else {
                var start = c == '.' ? i + 1 : i;
                var end = wordEnd(expression, start);
                if (end > start) {
                    var name = plain(expression.substring(start, end));
                    steps.add(name.equals("*") ? new Step.All() : new Step.Field(name));
                } else if (c != '.') {
                    throw malformed("unrecognized character in action: " + c);
                }
                i = Math.max(end, start);
            }
        }
        return steps;
    }

    private static int wordEnd(String expression, int start) {
        var i = start;
        while (i < expression.length() && ".[]()@$".indexOf(expression.charAt(i)) < 0) {
            i += expression.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i, expression.length());
    }

    private static String plain(String word) {
        return word.replace("\\", "");
    }

    private static int bracket(String expression, int open) {
        var depth = 0;
        var quote = '\0';
        for (var i = open; i < expression.length(); i++) {
            var c = expression.charAt(i);
            if (quote != '\0') {
                quote = c == quote ? '\0' : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '[') {
                depth++;
            } else if (c == ']' && --depth == 0) {
                return i;
            }
        }
        throw malformed("unterminated array");
    }

    private static Step bracketed(String inside) {
        if (inside.equals("*")) {
            return new Step.All();
        }
        if (inside.startsWith("?(") && inside.endsWith(")")) {
            return filter(inside.substring(2, inside.length() - 1).strip());
        }
        if (quoted(inside) && inside.indexOf(inside.charAt(0), 1) == inside.length() - 1) {
            return new Step.Field(unquoted(inside));
        }
        if (inside.contains(",")) {
            var parts = new ArrayList<List<Step>>();
            for (var part : inside.split(",")) {
                parts.add(List.of(bracketed(part.strip())));
            }
            return new Step.Union(parts);
        }
        var index = INDEX.matcher(inside);
        if (!index.matches() || inside.isEmpty()) {
            throw malformed("invalid array index " + inside);
        }
        return index.group(2) == null
                ? new Step.Slice(whole(index.group(1)), null, null, null)
                : new Step.Slice(
                        null, whole(index.group(1)), whole(index.group(3)), whole(index.group(4)));
    }

    private static boolean quoted(String word) {
        return word.length() > 1
                && (word.charAt(0) == '\'' || word.charAt(0) == '"')
                && word.charAt(word.length() - 1) == word.charAt(0);
    }

    private static @Nullable Integer whole(@Nullable String digits) {
        return digits == null || digits.isEmpty() ? null : Integer.valueOf(digits);
    }

    private static Step filter(String condition) {
        var comparison = COMPARISON.matcher(condition);
        if (!comparison.find()) {
            return new Step.Filter(operand(condition), "exists", new Operand.Literal(Json.NULL));
        }
        return new Step.Filter(
                operand(condition.substring(0, comparison.start()).strip()),
                comparison.group(1),
                operand(condition.substring(comparison.end()).strip()));
    }

    private static Operand operand(String word) {
        if (quoted(word)) {
            return new Operand.Literal(Json.of(unquoted(word)));
        }
        if (word.equals("true") || word.equals("false")) {
            return new Operand.Literal(Json.of(word.equals("true")));
        }
        if (word.matches("-?\\d{1,18}")) {
            return new Operand.Literal(Json.of(Long.parseLong(word)));
        }
        if (word.matches("-?\\d+\\.\\d+")) {
            return new Operand.Literal(new Json.Real(Double.parseDouble(word)));
        }
        return new Operand.Path(steps(word));
    }
}
