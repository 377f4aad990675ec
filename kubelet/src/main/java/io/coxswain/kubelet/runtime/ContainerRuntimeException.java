package io.coxswain.kubelet.runtime;

import org.jspecify.annotations.Nullable;

/// A call to the container runtime that failed; [#reason()] says what the kubelet can do about it.
/// The message is the runtime's own, fit for an event or a container's waiting message.
public final class ContainerRuntimeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Reason reason;

    public ContainerRuntimeException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public ContainerRuntimeException(Reason reason, String message) {
        this(reason, message, null);
    }

    public Reason reason() {
        return reason;
    }

    public boolean is(Reason expected) {
        return reason == expected;
    }

    public enum Reason {
        /// No such sandbox, container or image.
        NOT_FOUND,
        /// The name is taken by a sandbox or container of the same pod, name and attempt.
        ALREADY_EXISTS,
        /// The runtime cannot be reached; the same call may work later.
        UNAVAILABLE,
        /// The time given to the call has passed.
        DEADLINE,
        /// The registry could not be reached, or what it gave was no image.
        IMAGE_PULL,
        /// The registry wants other credentials.
        UNAUTHORIZED,
        /// The runtime will never accept this request as it is.
        INVALID,
        /// The sandbox or container is not in a state that allows the call.
        WRONG_STATE,
        /// This runtime does not offer the call.
        UNIMPLEMENTED,
        /// Anything else that the runtime reports.
        FAILED
    }
}
