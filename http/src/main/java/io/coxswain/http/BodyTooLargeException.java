package io.coxswain.http;

/// A request's body is longer than the server takes. Thrown to whoever asks for the bytes.
public final class BodyTooLargeException extends RuntimeException {

    private final int bytesMax;

    public BodyTooLargeException(int bytesMax) {
        super("Request entity too large: limit is " + bytesMax, null, false, false);
        this.bytesMax = bytesMax;
    }

    public int bytesMax() {
        return bytesMax;
    }
}
