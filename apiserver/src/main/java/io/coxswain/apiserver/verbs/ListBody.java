package io.coxswain.apiserver.verbs;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import io.coxswain.storage.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;

/// The JSON of a list, put together from stored bytes: nothing is parsed, nothing encoded again.
///
/// An item of a list names neither kind nor version (as upstream's typed lists), so the head that
/// every stored object starts with, `{"kind":"Pod","apiVersion":"v1",`, is left out of each. Items of
/// a custom kind keep it.
final class ListBody<T> {

    private static final int CHUNK_BYTES = 64 << 10;

    private final Served<T> kind;
    private final ListPage page;
    private final int headLength;

    ListBody(Served<T> kind, ListPage page) {
        this.kind = kind;
        this.page = page;
        var names = kind.kind();
        this.headLength =
                kind.codec().listsNameKind()
                        ? 1
                        : ("{\"kind\":\""
                                        + names.kind()
                                        + "\",\"apiVersion\":\""
                                        + names.apiVersion()
                                        + "\",")
                                .length();
    }

    Response response() {
        return new Response.Streaming(
                200,
                Headers.of("content-type", "application/json"),
                sink -> write(bytes -> sink.write(Payload.of(bytes))));
    }

    byte[] bytes() {
        var out = new ByteArrayOutputStream();
        try {
            write(out::writeBytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// Takes pieces of the body in order.
    private interface Chunks {
        void write(byte[] bytes) throws IOException;
    }

    private void write(Chunks out) throws IOException {
        var buffer = new ByteArrayOutputStream(CHUNK_BYTES + 8192);
        buffer.writeBytes(head());
        var first = true;
        for (var entry : page.entries()) {
            if (!first) {
                buffer.write(',');
            }
            first = false;
            item(entry, buffer);
            if (buffer.size() >= CHUNK_BYTES) {
                out.write(buffer.toByteArray());
                buffer.reset();
            }
        }
        buffer.writeBytes("]}\n".getBytes(StandardCharsets.US_ASCII));
        out.write(buffer.toByteArray());
    }

    private void item(Entry entry, ByteArrayOutputStream out) {
        out.write('{');
        out.write(entry.bytes(), headLength, entry.bytes().length - headLength);
    }

    private byte[] head() {
        var metadata = new LinkedHashMap<String, Json>();
        metadata.put("resourceVersion", Json.of(Long.toString(page.revision())));
        if (!page.next().isEmpty() || kind.codec().listsNameKind()) {
            metadata.put("continue", Json.of(page.next()));
        }
        var remaining = page.remaining();
        if (remaining != null) {
            metadata.put("remainingItemCount", Json.of(remaining));
        }
        var text =
                "{\"kind\":\""
                        + kind.kind().listKind()
                        + "\",\"apiVersion\":\""
                        + kind.kind().apiVersion()
                        + "\",\"metadata\":"
                        + new String(
                                JsonWriter.write(new Json.Obj(metadata)), StandardCharsets.UTF_8)
                        + ",\"items\":[";
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
