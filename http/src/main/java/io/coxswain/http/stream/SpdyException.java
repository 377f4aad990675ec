package io.coxswain.http.stream;

import java.io.IOException;

/// The other end broke the SPDY protocol in a way that ends the session.
public final class SpdyException extends IOException {

    SpdyException(String message) {
        super(message);
    }
}
