package io.coxswain.apiserver.remote;

/// A webhook could not be asked, or its answer made no sense. The message is for the user.
public final class CallFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CallFailed(String message) {
        super(message, null, false, false);
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
