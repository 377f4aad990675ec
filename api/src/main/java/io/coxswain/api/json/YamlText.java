package io.coxswain.api.json;

/// Writes one string as a YAML scalar in the style that go-yaml's emitter chooses for it.
final class YamlText {

    private static final int WIDTH = 80;

    private final StringBuilder out;
    private final int indent;
    private final boolean value;

    /// @param indent of continuation lines
    /// @param value whether line breaks are possible; not so in keys
    YamlText(StringBuilder out, int indent, boolean value) {
        this.out = out;
        this.indent = indent;
        this.value = value;
    }

    void write(String text) {
        var look = Look.of(text);
        var multiline = text.indexOf('\n') >= 0;
        if (multiline && look.blockAllowed && value) {
            literal(text);
        } else if (multiline || YamlScalars.ambiguous(text)) {
            doubleQuoted(text);
        } else if (look.plainAllowed) {
            plain(text);
        } else if (look.singleAllowed) {
            singleQuoted(text);
        } else {
            doubleQuoted(text);
        }
    }

    /// What the characters of a text allow.
    private record Look(boolean plainAllowed, boolean singleAllowed, boolean blockAllowed) {

        static Look of(String text) {
            if (text.isEmpty()) {
                return new Look(false, true, false);
            }
            var special = false;
            var indicators = text.startsWith("---") || text.startsWith("...");
            var breakSpace = false;
            var spaceBreak = false;
            for (var i = 0; i < text.length(); i++) {
                var c = text.charAt(i);
                var next = i + 1 < text.length() ? text.charAt(i + 1) : '\n';
                var before = i == 0 ? '\n' : text.charAt(i - 1);
                indicators |= indicator(c, i == 0, blank(before), blank(next));
                special |= c != '\n' && !printable(c, next, before);
                breakSpace |= c == ' ' && i > 0 && before == '\n';
                spaceBreak |= c == '\n' && i > 0 && before == ' ';
            }
            var last = text.charAt(text.length() - 1);
            var edges = edge(text.charAt(0)) || edge(last);
            var broken = spaceBreak || special;
            return new Look(
                    !indicators && !edges && !breakSpace && !broken && text.indexOf('\n') < 0,
                    !breakSpace && !broken,
                    last != ' ' && !broken);
        }

        private static boolean edge(char c) {
            return c == ' ' || c == '\n';
        }

        private static boolean blank(char c) {
            return c == ' ' || c == '\t' || c == '\n' || c == '\r';
        }

        private static boolean indicator(char c, boolean first, boolean after, boolean before) {
            return switch (c) {
                case ',', '[', ']', '{', '}', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`' ->
                        first;
                case '?' -> first && before;
                case ':' -> before;
                case '-' -> first && before;
                case '#' -> first || after;
                default -> false;
            };
        }
    }

    private static boolean printable(char c, char next, char before) {
        if (Character.isHighSurrogate(c)) {
            return Character.isLowSurrogate(next);
        }
        if (Character.isLowSurrogate(c)) {
            return Character.isHighSurrogate(before);
        }
        return (c >= 0x20 && c <= 0x7e)
                || c == 0x85
                || (c >= 0xa0 && c <= 0xd7ff && c != 0x2028 && c != 0x2029)
                || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff);
    }

    private int column() {
        return out.length() - (out.lastIndexOf("\n") + 1);
    }

    private void fold() {
        out.append('\n').repeat(' ', indent);
    }

    private void plain(String text) {
        var column = column();
        var spaces = false;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c != ' ') {
                spaces = false;
            } else if (value && !spaces && column > WIDTH && !space(text, i + 1)) {
                fold();
                column = indent;
                spaces = true;
                continue;
            } else {
                spaces = true;
            }
            out.append(c);
            column++;
        }
    }

    private static boolean space(String text, int at) {
        return at < text.length() && text.charAt(at) == ' ';
    }

    private void singleQuoted(String text) {
        out.append('\'');
        var column = column();
        var spaces = false;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            var inner = i > 0 && i < text.length() - 1;
            if (c == ' ' && value && !spaces && column > WIDTH && inner && !space(text, i + 1)) {
                fold();
                column = indent;
                spaces = true;
                continue;
            }
            spaces = c == ' ';
            out.append(c);
            column++;
            if (c == '\'') {
                out.append(c);
                column++;
            }
        }
        out.append('\'');
    }

    private void doubleQuoted(String text) {
        out.append('"');
        var spaces = false;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            var inner = i > 0 && i < text.length() - 1;
            if (c == ' ' && value && !spaces && inner && column() > WIDTH) {
                fold();
                if (space(text, i + 1)) {
                    out.append('\\');
                }
                spaces = true;
                continue;
            }
            spaces = c == ' ';
            var next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            var before = i == 0 ? ' ' : text.charAt(i - 1);
            if (printable(c, next, before) && c != '"' && c != '\\' && c != 0x85) {
                out.append(c);
            } else {
                escaped(c);
            }
        }
        out.append('"');
    }

    private void escaped(char c) {
        out.append('\\');
        switch (c) {
            case '"', '\\' -> out.append(c);
            case 0 -> out.append('0');
            case 7 -> out.append('a');
            case '\b' -> out.append('b');
            case '\t' -> out.append('t');
            case '\n' -> out.append('n');
            case 11 -> out.append('v');
            case '\f' -> out.append('f');
            case '\r' -> out.append('r');
            case 27 -> out.append('e');
            case 0x85 -> out.append('N');
            case 0x2028 -> out.append('L');
            case 0x2029 -> out.append('P');
            default ->
                    out.append(c < 0x100 ? "x%02X".formatted((int) c) : "u%04X".formatted((int) c));
        }
    }

    private void literal(String text) {
        out.append('|');
        if (text.charAt(0) == ' ' || text.charAt(0) == '\n') {
            out.append('2');
        }
        if (!text.endsWith("\n")) {
            out.append('-');
        } else if (text.length() == 1 || text.charAt(text.length() - 2) == '\n') {
            out.append('+');
        }
        var body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        for (var line : body.split("\n", -1)) {
            out.append('\n');
            if (!line.isEmpty()) {
                out.repeat(' ', indent).append(line);
            }
        }
    }
}
