package io.coxswain.apiserver.audit;

import org.jspecify.annotations.Nullable;

/// How much of a request is written down.
public enum AuditLevel {
    NONE("None"),
    METADATA("Metadata"),
    REQUEST("Request"),
    REQUEST_RESPONSE("RequestResponse");

    private final String text;

    AuditLevel(String text) {
        this.text = text;
    }

    static @Nullable AuditLevel of(String text) {
        for (var level : values()) {
            if (level.text.equals(text)) {
                return level;
            }
        }
        return null;
    }

    boolean atLeast(AuditLevel other) {
        return compareTo(other) >= 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
