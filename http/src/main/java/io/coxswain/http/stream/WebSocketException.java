package io.coxswain.http.stream;

import java.io.IOException;

/// The other end broke the WebSocket protocol; `code` is what the connection was closed with.
public final class WebSocketException extends IOException {

    private final int code;

    WebSocketException(int code, String message) {
        super(message);
        this.code = code;
    }

    public int code() {
        return code;
    }
}
