package io.coxswain.apiserver.audit;

import org.jspecify.annotations.Nullable;

/// How far a request has come.
public enum AuditStage {
    REQUEST_RECEIVED("RequestReceived"),
    /// Of requests that take long only: the head of the answer is on its way.
    RESPONSE_STARTED("ResponseStarted"),
    RESPONSE_COMPLETE("ResponseComplete"),
    PANIC("Panic");

    private final String text;

    AuditStage(String text) {
        this.text = text;
    }

    static @Nullable AuditStage of(String text) {
        for (var stage : values()) {
            if (stage.text.equals(text)) {
                return stage;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return text;
    }
}
