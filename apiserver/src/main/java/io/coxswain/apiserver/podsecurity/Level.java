package io.coxswain.apiserver.podsecurity;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How strict: each level forbids what the one before it does, and more.
enum Level {
    PRIVILEGED,
    BASELINE,
    RESTRICTED;

    static @Nullable Level of(String text) {
        for (var level : values()) {
            if (level.toString().equals(text)) {
                return level;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
