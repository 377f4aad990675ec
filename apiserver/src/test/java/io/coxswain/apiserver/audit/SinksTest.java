package io.coxswain.apiserver.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.json.JsonReader;
import io.coxswain.apiserver.User;
import io.coxswain.base.ManualClock;
import io.coxswain.base.SimulatedLoops;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinksTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));

    private AuditEvent event(String user) {
        var asked =
                new AuditEvent.Asked(
                        "id", clock.now(), "/api", "get", User.of(user), List.of(), "", null);
        return new AuditEvent(
                AuditLevel.METADATA,
                AuditStage.REQUEST_RECEIVED,
                clock.now(),
                asked,
                null,
                null,
                Map.of(),
                AuditEvent.Bodies.NONE);
    }

    /// Remembers the sizes of what it got.
    private static final class Counting implements AuditSink {
        final List<Integer> batches = new ArrayList<>();
        boolean closed;

        @Override
        public boolean accept(List<AuditEvent> events) {
            batches.add(events.size());
            return true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private BatchingSink batching(AuditSink sink, BatchingSink.Limits limits) {
        return new BatchingSink(sink, limits, clock);
    }

    @Test
    void aBatchLeavesWhenItIsFullOrOldEnough() {
        var counting = new Counting();
        try (var loops = new SimulatedLoops(clock, 1)) {
            var limits = new BatchingSink.Limits(100, 3, Duration.ofSeconds(30), 0, 0);
            var sink = batching(counting, limits);
            sink.start(loops);
            for (var i = 0; i < 7; i++) {
                sink.accept(List.of(event("a")));
            }
            loops.settle();
            assertThat(counting.batches).containsExactly(3, 3);
            clock.advance(Duration.ofSeconds(31));
            loops.settle();
            assertThat(counting.batches).containsExactly(3, 3, 1);
        }
    }

    @Test
    void batchesAreHeldBackAndNoneIsLostAtTheEnd() {
        var counting = new Counting();
        try (var loops = new SimulatedLoops(clock, 1)) {
            var limits = new BatchingSink.Limits(100, 1, Duration.ZERO, 1, 2);
            var sink = batching(counting, limits);
            sink.start(loops);
            for (var i = 0; i < 5; i++) {
                sink.accept(List.of(event("a")));
            }
            loops.settle();
            assertThat(counting.batches).hasSize(2);
            clock.advance(Duration.ofMillis(1_100));
            loops.settle();
            assertThat(counting.batches).hasSize(3);
            sink.close();
            assertThat(counting.batches).hasSize(5);
            assertThat(counting.closed).isTrue();
        }
    }

    @Test
    void whatThereIsNoRoomForIsDroppedAndCounted() {
        var limits = new BatchingSink.Limits(2, 10, Duration.ofSeconds(1), 0, 0);
        var sink = batching(new Counting(), limits);

        assertThat(sink.accept(List.of(event("a"), event("b"), event("c")))).isTrue();

        assertThat(sink.dropped()).isEqualTo(1);
    }

    @Test
    void nobodyWritesASecondLine() {
        var out = new ByteArrayOutputStream();
        new LogSink(out, false).accept(List.of(event("eve\" stage=\"x\nAUDIT")));
        new LogSink(out, true).accept(List.of(event("eve\n{}")));

        var lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).contains("user=\"eve\\\" stage=\\\"x\\nAUDIT\"");
        var read = JsonReader.readObject(lines.getLast().getBytes(StandardCharsets.UTF_8));
        assertThat(read.object("user").text("username")).isEqualTo("eve\n{}");
    }

    @Test
    void aFullFileIsSetAsideAndOldOnesGo(@TempDir Path directory) throws Exception {
        var file = directory.resolve("audit.log");
        var limits = new RotatingFile.Limits(10, 0, 2, false);
        try (var out = new RotatingFile(file, limits, clock)) {
            for (var i = 0; i < 5; i++) {
                out.write("12345678\n".getBytes(StandardCharsets.UTF_8));
                clock.advance(Duration.ofSeconds(1));
            }
            out.tidied();
        }
        assertThat(names(directory))
                .containsExactly(
                        "audit-2026-01-01T00-00-03.000.log",
                        "audit-2026-01-01T00-00-04.000.log",
                        "audit.log");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void oldFilesArePackedAndKeptForSomeDays(@TempDir Path directory) throws Exception {
        var other = Files.writeString(directory.resolve("audit-notes.log"), "mine");
        var limits = new RotatingFile.Limits(4, 2, 0, true);
        try (var out = new RotatingFile(directory.resolve("audit.log"), limits, clock)) {
            for (var i = 0; i < 5; i++) {
                out.write("1234\n".getBytes(StandardCharsets.UTF_8));
                clock.advance(Duration.ofDays(1));
                out.tidied();
            }
        }
        assertThat(other).exists();
        assertThat(names(directory))
                .contains("audit-2026-01-05T00-00-00.000.log.gz")
                .doesNotContain("audit-2026-01-02T00-00-00.000.log.gz");
    }

    private static List<String> names(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
