package io.coxswain.apiserver.media;

import io.coxswain.api.cbor.CborReader;
import io.coxswain.api.cbor.CborWriter;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.apiserver.RequestInfo;
import io.coxswain.apiserver.Verb;
import io.coxswain.http.Handler;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/// Lets clients speak CBOR with a server of JSON (feature `CBORServingAndStorage`): their bodies
/// become JSON before the server sees them, and its answers CBOR when that is what they like best.
/// Without this nobody knows the media type, and it is refused.
public final class CborExchange implements Handler {

    private static final String CBOR = "application/cbor";
    private static final String SEQUENCE = "application/cbor-seq";
    private static final String APPLY = "application/apply-patch+cbor";
    private static final String JSON = MediaType.JSON.toString();

    private final Handler server;

    public CborExchange(Handler server) {
        this.server = server;
    }

    @Override
    public Response handle(Request request) {
        var accept = Objects.requireNonNullElse(request.header("accept"), "");
        var wanted = prefers(accept);
        var asked = wanted ? request.withHeader("accept", accept.replace(CBOR, JSON)) : request;
        var answer = server.handle(received(asked));
        var watch = RequestInfo.of(request).verb() == Verb.WATCH;
        return wanted && isJson(answer) ? shown(answer, watch) : answer;
    }

    private static boolean prefers(String accept) {
        for (var clause : Accept.parse(accept).clauses()) {
            var type = clause.type() + "/" + clause.subtype();
            if (type.equals(CBOR) || type.equals(SEQUENCE)) {
                return true;
            }
            if (Arrays.stream(MediaType.values()).anyMatch(clause::covers)) {
                return false;
            }
        }
        return false;
    }

    /// A body that cannot be read is left to the server, which says what it makes of it.
    private static Request received(Request request) {
        var type = MediaType.bare(request.header("content-type"));
        if (!type.equals(CBOR) && !type.equals(APPLY)) {
            return request;
        }
        var json = type.equals(CBOR) ? JSON : "application/apply-patch+yaml";
        try {
            var tree = CborReader.read(request.body().bytes());
            return request.withBody(json, Payload.of(JsonWriter.write(tree)));
        } catch (DecodeError e) {
            return request.withBody(json, request.body());
        }
    }

    private static boolean isJson(Response answer) {
        return MediaType.bare(answer.headers().first("content-type")).equals(JSON);
    }

    private static Response shown(Response answer, boolean watch) {
        return switch (answer) {
            case Response.Full(var status, var headers, var body) ->
                    new Response.Full(
                            status,
                            headers.without("content-type").with("content-type", CBOR),
                            Payload.of(cbor(body.bytes())));
            case Response.Streaming streaming -> streamed(streaming, watch);
            case Response.Upgrade upgrade -> upgrade;
        };
    }

    /// Watches are lines, each of which becomes a data item; a list is one document.
    private static Response streamed(Response.Streaming answer, boolean watch) {
        var type = watch ? SEQUENCE : CBOR;
        return new Response.Streaming(
                answer.status(),
                answer.headers().without("content-type").with("content-type", type),
                sink -> {
                    if (watch) {
                        answer.producer().writeTo(new Lines(sink));
                        return;
                    }
                    var whole = new Whole(sink);
                    answer.producer().writeTo(whole);
                    sink.write(Payload.of(cbor(whole.buffer.toByteArray())));
                });
    }

    private static byte[] cbor(byte[] json) {
        return CborWriter.write(JsonReader.read(json));
    }

    /// Turns every line of a watch into a data item.
    private record Lines(Response.Sink out) implements Response.Sink {
        @Override
        public void write(Payload frame) throws IOException {
            var items = new ByteArrayOutputStream();
            for (var line : frame.text().split("\n")) {
                if (!line.isBlank()) {
                    items.writeBytes(cbor(line.getBytes(StandardCharsets.UTF_8)));
                }
            }
            out.write(Payload.of(items.toByteArray()));
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void onClose(Runnable callback) {
            out.onClose(callback);
        }
    }

    /// Keeps what is written, since the size of a list comes before its items.
    private record Whole(Response.Sink out, ByteArrayOutputStream buffer) implements Response.Sink {
        Whole(Response.Sink out) {
            this(out, new ByteArrayOutputStream());
        }

        @Override
        public void write(Payload frame) {
            buffer.writeBytes(frame.bytes());
        }

        @Override
        public void flush() {}

        @Override
        public void onClose(Runnable callback) {
            out.onClose(callback);
        }
    }
}
