package io.coxswain.kubelet.pod;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A container or a pod that could not be started, as users will see it.
public final class StartFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final String reason;
    private final @Nullable Duration retryAfter;

    /// @param reason the reason of the container's `waiting` state
    /// @param retryAfter null: its restart back-off decides
    public StartFailure(String reason, String message, @Nullable Duration retryAfter) {
        super(message);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    public String reason() {
        return reason;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /// The text, never null.
    public String text() {
        var message = getMessage();
        return message == null ? "" : message;
    }
}
