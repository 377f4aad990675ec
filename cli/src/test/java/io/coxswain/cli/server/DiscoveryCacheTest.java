package io.coxswain.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.json.Json;
import io.coxswain.base.ManualClock;
import io.coxswain.http.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryCacheTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir Path directory;

    private int asked;

    private DiscoveryCache cache() {
        return new DiscoveryCache(
                directory,
                new ManualClock(NOW),
                request -> {
                    asked++;
                    return Json.EMPTY.with("path", Json.of(request.path()));
                });
    }

    private Path written(Instant time) throws IOException {
        cache().answer(Request.get("/apis"));
        var file = directory.resolve("apis.json");
        Files.setLastModifiedTime(file, FileTime.from(time));
        return file;
    }

    @Test
    void anAnswerIsAskedForOnce() throws IOException {
        written(NOW.minus(Duration.ofHours(5)));

        assertThat(cache().answer(Request.get("/apis")).text("path")).isEqualTo("/apis");

        assertThat(asked).isOne();
    }

    @Test
    void anOldOrBrokenAnswerIsAskedForAgain() throws IOException {
        var file = written(NOW.minus(Duration.ofHours(7)));
        cache().answer(Request.get("/apis"));
        Files.writeString(file, "{");
        Files.setLastModifiedTime(file, FileTime.from(NOW));
        cache().answer(Request.get("/apis"));

        assertThat(asked).isEqualTo(3);
    }

    @Test
    void aForgottenAnswerIsAskedForAgain() throws IOException {
        written(NOW);

        cache().forget();
        cache().answer(Request.get("/apis"));

        assertThat(asked).isEqualTo(2);
    }
}
