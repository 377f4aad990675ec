package io.coxswain.http;

import java.io.IOException;

/// The server has certainly not acted on the request: it may be sent again, here or elsewhere.
public class UnprocessedException extends IOException {

    public UnprocessedException(String message) {
        super(message);
    }

    public UnprocessedException(String message, Throwable cause) {
        super(message, cause);
    }
}
