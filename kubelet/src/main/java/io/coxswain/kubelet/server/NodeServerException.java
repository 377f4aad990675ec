package io.coxswain.kubelet.server;

/// An answer that is no success: its HTTP status and the text of its body.
final class NodeServerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    NodeServerException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
