package io.coxswain.kubelet.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reads logs in the CRI format.
class LogReaderTest {

    @TempDir private Path folder = Path.of("unset");
    private Path log = Path.of("unset");

    @BeforeEach
    void write() throws IOException {
        log = folder.resolve("0.log");
        Files.writeString(
                log,
                """
                2026-01-01T00:00:01.5Z stdout F one
                2026-01-01T00:00:02Z stderr F two
                2026-01-01T00:00:03Z stdout P thr
                2026-01-01T00:00:03.1Z stdout F ee
                not a log line
                2026-01-01T00:00:04Z stdout F\s
                2026-01-01T00:00:05Z stdout F five with spaces
                """);
    }

    private static LogOptions options(
            boolean timestamps,
            @Nullable Long tail,
            @Nullable Long limit,
            @Nullable Instant since) {
        return new LogOptions(false, timestamps, tail, limit, since, "All");
    }

    private String read(LogOptions options) throws IOException {
        var out = new ByteArrayOutputStream();
        new LogReader(log, options).copy(out::writeBytes, () -> false);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void linesComeWithoutTheirHeads() throws IOException {
        assertThat(read(LogOptions.ALL)).isEqualTo("one\ntwo\nthree\n\nfive with spaces\n");
    }

    @Test
    void timestampsStandBeforeWholeLinesOnly() throws IOException {
        assertThat(read(options(true, null, null, null)))
                .startsWith("2026-01-01T00:00:01.5Z one\n")
                .contains("2026-01-01T00:00:03Z three\n");
    }

    @Test
    void theTailIsCountedFromTheEnd() throws IOException {
        assertThat(read(options(false, 2L, null, null))).isEqualTo("\nfive with spaces\n");
        assertThat(read(options(false, 0L, null, null))).isEmpty();
        assertThat(read(options(false, 100L, null, null))).startsWith("one\n");
    }

    @Test
    void bytesAreLimited() throws IOException {
        assertThat(read(options(false, null, 6L, null))).isEqualTo("one\ntw");
    }

    @Test
    void olderLinesAreLeftOut() throws IOException {
        assertThat(read(options(false, null, null, Instant.parse("2026-01-01T00:00:04Z"))))
                .isEqualTo("\nfive with spaces\n");
    }

    @Test
    void oneStreamCanBeChosen() throws IOException {
        assertThat(read(new LogOptions(false, false, null, null, null, "Stderr")))
                .isEqualTo("two\n");
    }

    @Test
    void aFollowedLogGoesOnInTheFileThatReplacesIt() throws IOException {
        var steps = new ArrayDeque<Runnable>(List.of(this::rotate, () -> {}));
        var out = new ByteArrayOutputStream();
        var options = new LogOptions(true, false, 1L, null, null, "All");
        new LogReader(log, options)
                .copy(
                        out::writeBytes,
                        () -> {
                            var step = steps.poll();
                            if (step != null) {
                                step.run();
                            }
                            return step != null;
                        });
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("five with spaces\nafter rotation\n");
    }

    private void rotate() {
        try {
            Files.move(log, folder.resolve("0.log.20260101-000000"));
            Files.writeString(log, "2026-01-01T00:00:09Z stdout F after rotation\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theEndOfALogFitsIntoAMessage() {
        assertThat(LogLines.tail(log, 2, 100)).isEqualTo("\nfive with spaces\n");
        assertThat(LogLines.tail(log, 2, 7)).isEqualTo("spaces\n");
        assertThat(LogLines.tail(folder.resolve("none"), 2, 7)).isEmpty();
    }
}
