package io.coxswain.kubelet.containers;

import java.util.Map;

/// Replaces `$(NAME)` by the value of a variable; `$$` is a dollar sign; an unknown name stays as
/// it is.
final class Expansion {

    private Expansion() {}

    static String expand(String text, Map<String, String> variables) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        var out = new StringBuilder();
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c != '$' || i + 1 == text.length()) {
                out.append(c);
                continue;
            }
            var next = text.charAt(i + 1);
            var end = next == '(' ? text.indexOf(')', i + 2) : -1;
            if (next == '$') {
                out.append('$');
                i++;
            } else if (end > 0) {
                var name = text.substring(i + 2, end);
                var value = variables.get(name);
                out.append(value == null ? "$(" + name + ")" : value);
                i = end;
            } else {
                // Neither an escape nor a reference: both characters are text.
                out.append(c).append(next);
                i++;
            }
        }
        return out.toString();
    }
}
