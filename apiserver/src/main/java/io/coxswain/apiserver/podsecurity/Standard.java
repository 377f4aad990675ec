package io.coxswain.apiserver.podsecurity;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A level as one minor version defined it: `baseline:v1.25`.
///
/// @param minor [#LATEST] for the newest rules
record Standard(Level level, int minor) {

    static final int LATEST = Integer.MAX_VALUE;
    static final Standard PRIVILEGED = new Standard(Level.PRIVILEGED, LATEST);

    private static final Pattern VERSION = Pattern.compile("v1\\.(0|[1-9][0-9]{0,8})");

    /// The minor version a label names, or null.
    static @Nullable Integer minor(String text) {
        if (text.equals("latest")) {
            return LATEST;
        }
        var match = VERSION.matcher(text);
        return match.matches() ? Integer.valueOf(match.group(1)) : null;
    }

    boolean stricterThan(Standard other) {
        return level.compareTo(other.level) > 0;
    }

    @Override
    public String toString() {
        return level + ":" + (minor == LATEST ? "latest" : "v1." + minor);
    }
}
