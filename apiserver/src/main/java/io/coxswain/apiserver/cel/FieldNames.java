package io.coxswain.apiserver.cel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The names JSON properties have in expressions: `__underscores__` for two underscores, `__dot__`,
/// `__dash__`, `__slash__`, and `__in__` for a reserved word.
public final class FieldNames {

    private static final List<String> RESERVED =
            List.of(
                    "true",
                    "false",
                    "null",
                    "in",
                    "as",
                    "break",
                    "const",
                    "continue",
                    "else",
                    "for",
                    "function",
                    "if",
                    "import",
                    "let",
                    "loop",
                    "package",
                    "namespace",
                    "return",
                    "var",
                    "void",
                    "while");

    private FieldNames() {}

    /// The name, or null for a property that expressions cannot reach.
    public static @Nullable String escape(String property) {
        if (property.isEmpty() || Character.isDigit(property.charAt(0))) {
            return null;
        }
        if (RESERVED.contains(property)) {
            return "__" + property + "__";
        }
        var name = new StringBuilder();
        for (var i = 0; i < property.length(); i++) {
            var c = property.charAt(i);
            if (c == '_' && i + 1 < property.length() && property.charAt(i + 1) == '_') {
                name.append("__underscores__");
                i++;
                continue;
            }
            switch (c) {
                case '.' -> name.append("__dot__");
                case '-' -> name.append("__dash__");
                case '/' -> name.append("__slash__");
                default -> {
                    if (c != '_' && !(c < 128 && Character.isLetterOrDigit(c))) {
                        return null;
                    }
                    name.append(c);
                }
            }
        }
        return name.toString();
    }
}
