package io.coxswain.http;

import java.io.IOException;
import java.io.UncheckedIOException;

/// An answered request: the head of the response, and its body while it arrives.
public record Exchange(int status, Headers headers, IncomingBody body) {

    private static final int WHOLE_BYTES_MAX = 256 << 20;

    /// This exchange as a handler would have answered it; see [Transport#send].
    Response response() {
        var bodiless = status == 204 || status == 304;
        if (bodiless || headers.first("content-length") != null || body.ended()) {
            return full();
        }
        return new Response.Streaming(status, headers, this::copyTo);
    }

    /// Waits for the whole body.
    public Response.Full full() {
        try (body) {
            return new Response.Full(status, headers, body.readAll(WHOLE_BYTES_MAX));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Flushes whenever the next frame is not here yet.
    private void copyTo(Response.Sink sink) throws IOException {
        sink.onClose(body::close);
        try (body) {
            while (true) {
                var frame = body.poll();
                if (frame == null) {
                    sink.flush();
                    frame = body.take();
                }
                if (frame == null) {
                    return;
                }
                sink.write(frame);
            }
        }
    }
}
