package io.coxswain.apiserver.verbs;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import io.coxswain.http.Rounds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// The JSON of a list, put together from stored bytes: nothing is parsed, nothing encoded again.
///
/// An item of a list names neither kind nor version (as upstream's typed lists), so the head that
/// every stored object starts with, `{"kind":"Pod","apiVersion":"v1",`, is left out of each. Items
/// of a custom kind keep it.
final class ListBody<T> implements Rounds.Producer {

    private static final int ROUND_BYTES = 32 << 10;
    private static final byte[] FIRST = {'{'};
    private static final byte[] FOLLOWING = {',', '{'};
    private static final byte[] END = {']', '}', '\n'};

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
        return new Response.Streaming(200, Headers.of("content-type", "application/json"), this);
    }

    byte[] bytes() {
        var out = new ByteArrayOutputStream();
        try {
            writeTo(new Collector(out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// Nothing here waits: the bytes are in memory.
    @Override
    public boolean prompt() {
        return true;
    }

    @Override
    public Rounds begin(Runnable wakeUp) {
        return new Items();
    }

    private final class Items implements Rounds {
        private int next = -1;

        @Override
        public @Nullable Duration next(Response.Sink sink) throws IOException {
            if (next < 0) {
                sink.write(Payload.of(head()));
                next = 0;
            }
            var entries = page.entries();
            for (var bytes = 0; next < entries.size() && bytes < ROUND_BYTES; next++) {
                var start = next == 0 ? FIRST : FOLLOWING;
                var item = entries.get(next).bytes();
                sink.write(start, 0, start.length);
                sink.write(item, headLength, item.length - headLength);
                bytes += item.length;
            }
            if (next < entries.size()) {
                return Duration.ZERO;
            }
            sink.write(END, 0, END.length);
            return null;
        }

        @Override
        public void close() {}
    }

    private record Collector(ByteArrayOutputStream all) implements Response.Sink {
        @Override
        public void write(Payload frame) {
            all.writeBytes(frame.bytes());
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            all.write(bytes, from, length);
        }

        @Override
        public void flush() {}

        @Override
        public void onClose(Runnable callback) {}
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
