package io.coxswain.api.apiextensions;

import com.google.re2j.Pattern;
import io.coxswain.api.structural.Structural;
import org.jspecify.annotations.Nullable;

/// Paths of fields as rules and selectable fields write them: `.spec.color`, `.labels['a.b']`.
public final class FieldPaths {

    private static final Pattern STEP =
            Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_]*)|\\['((?:[^'\\\\]|\\\\.)*)'\\]");

    private FieldPaths() {}

    /// The schema of the field that a path names, or null where there is no such field.
    public static @Nullable Structural find(String path, Structural schema) {
        var matcher = STEP.matcher(path);
        var at = 0;
        Structural node = schema;
        while (at < path.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                return null;
            }
            var name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            node = node == null ? null : node.at(name);
            if (node == null) {
                return null;
            }
            at = matcher.end();
        }
        return at == 0 ? null : node;
    }
}
