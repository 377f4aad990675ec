package io.coxswain.http.netty;

import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// When a response is compressed: objects and lists of more than 128 KB, for clients that ask.
/// Never a watch, whose events must leave one by one.
final class Gzip {

    static final int BYTES_MIN = 128 << 10;

    private Gzip() {}

    /// The response, compressed if it is whole and large.
    static Response offer(Request request, Response response) {
        if (response instanceof Response.Full full
                && full.body().bytes().length > BYTES_MIN
                && wanted(request, full.headers())) {
            return compress(full);
        }
        return response;
    }

    /// Whether a stream may be compressed, should it turn out to be long.
    static boolean mayServe(Request request, Response.Streaming streaming) {
        return wanted(request, streaming.headers()) && !request.query().flag("watch");
    }

    static Headers mark(Headers headers) {
        return headers.without("content-length")
                .with("content-encoding", "gzip")
                .with("vary", "Accept-Encoding");
    }

    /// A stream that compresses fast rather than well.
    static GZIPOutputStream stream(OutputStream target) throws IOException {
        return new GZIPOutputStream(target, 8 << 10) {
            {
                def.setLevel(Deflater.BEST_SPEED);
            }
        };
    }

    private static Response.Full compress(Response.Full full) {
        var bytes = full.body().bytes();
        var target = new ByteArrayOutputStream(bytes.length / 4);
        try (var gzip = stream(target)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Response.Full(
                full.status(), mark(full.headers()), Payload.of(target.toByteArray()));
    }

    private static boolean wanted(Request request, Headers response) {
        return request.headers().lists("accept-encoding", "gzip")
                && response.first("content-encoding") == null
                && compressible(response.first("content-type"));
    }

    private static boolean compressible(@Nullable String type) {
        return type != null
                && (type.startsWith("application/json")
                        || type.startsWith("application/vnd.kubernetes")
                        || type.startsWith("application/yaml")
                        || type.startsWith("application/cbor"));
    }
}
