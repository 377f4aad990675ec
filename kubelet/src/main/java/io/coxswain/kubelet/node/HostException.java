package io.coxswain.kubelet.node;

import org.jspecify.annotations.Nullable;

/// Something on the host that could not be done; the message is for the person who runs the node.
public final class HostException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public HostException(String message) {
        super(message);
    }

    public HostException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
