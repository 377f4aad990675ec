package io.coxswain.apiserver;

import io.coxswain.api.json.JsonReader;
import io.coxswain.http.Headers;
import io.coxswain.http.Response;
import io.coxswain.http.Rounds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A watch that is read when the test asks, so that no test waits.
final class Watching implements AutoCloseable {

    private final Response response;
    private @Nullable Rounds rounds;
    private boolean ended;

    Watching(Response response) {
        this.response = response;
    }

    int status() {
        return response.status();
    }

    Headers headers() {
        return response.headers();
    }

    boolean ended() {
        return ended;
    }

    /// What has come since the last call, as `ADDED name`; for bookmarks and errors the type and
    /// the revision or reason.
    List<String> events() {
        return frames().lines().map(Watching::summary).toList();
    }

    /// What has come since the last call, as it was sent.
    String frames() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        if (!(response instanceof Response.Streaming(var status, var headers, var producer))) {
            throw new AssertionError("no stream but " + Answer.of(response).text());
        }
        if (!(producer instanceof Rounds.Producer inRounds)) {
            ended = true;
            return Answer.of(response).body();
        }
        var current = rounds == null ? inRounds.begin(() -> {}) : rounds;
        rounds = current;
        try {
            var pause = current.next(new Answer.Collector(bytes));
            while (pause != null && !pause.isPositive()) {
                pause = current.next(new Answer.Collector(bytes));
            }
            ended = pause == null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String summary(String line) {
        var frame = JsonReader.readObject(line.getBytes(StandardCharsets.UTF_8));
        var object = frame.object("object");
        var type = frame.text("type");
        return switch (type) {
            case "BOOKMARK" -> type + " " + Trees.at(object, "metadata", "resourceVersion");
            case "ERROR" -> type + " " + Trees.at(object, "code") + " " + object.text("reason");
            default -> type + " " + Trees.at(object, "metadata", "name");
        };
    }

    @Override
    public void close() {
        if (rounds != null) {
            rounds.close();
        }
    }
}
