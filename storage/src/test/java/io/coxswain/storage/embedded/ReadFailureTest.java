package io.coxswain.storage.embedded;

import static io.coxswain.storage.Samples.created;
import static io.coxswain.storage.Samples.list;
import static io.coxswain.storage.Samples.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.base.Clock;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.disk.ForwardingDisk;
import io.coxswain.storage.disk.MemoryDisk;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The disk gives an error at one read after the other while a store is opened.
class ReadFailureTest {

    @Test
    void anUnreadableFileIsReportedAndNothingIsCutOffOrForgotten() throws IOException {
        var disk = new MemoryDisk();
        try (var store = open(disk)) {
            for (var i = 0; i < 30; i++) {
                created(store, pod("p" + i), "x");
                if (i % 10 == 5) {
                    store.saveSnapshot();
                }
            }
        }
        var before = contents(disk);
        var reads = new AtomicInteger();
        open(new Failing(disk.afterKill(), reads, Integer.MAX_VALUE)).close();
        var total = reads.get();
        assertThat(total).isGreaterThan(5);

        for (var at = 1; at <= total; at++) {
            var failing = new Failing(disk, new AtomicInteger(), at);
            assertThatThrownBy(() -> open(failing))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("Input/output error");
            assertThat(contents(disk)).isEqualTo(before);
        }
        try (var store = open(disk)) {
            assertThat(list(store.snapshot(), "pods", "")).hasSize(30);
        }
    }

    private static EmbeddedStore open(io.coxswain.storage.disk.Disk disk) {
        return EmbeddedStore.open(disk, Clock.SYSTEM, Options.DEFAULT);
    }

    private static Map<String, String> contents(MemoryDisk disk) throws IOException {
        var contents = new HashMap<String, String>();
        for (var name : disk.list()) {
            contents.put(name, java.util.HexFormat.of().formatHex(disk.bytes(name)));
        }
        return contents;
    }

    private static final class Failing extends ForwardingDisk {
        private final AtomicInteger reads;
        private final int failingAt;

        Failing(MemoryDisk disk, AtomicInteger reads, int failingAt) {
            super(disk);
            this.reads = reads;
            this.failingAt = failingAt;
        }

        @Override
        protected OpenFile through(String name, OpenFile file) {
            return new ForwardingFile(file) {
                @Override
                public int read(long position, byte[] into, int offset, int length)
                        throws IOException {
                    if (reads.incrementAndGet() == failingAt) {
                        throw new IOException("Input/output error");
                    }
                    return super.read(position, into, offset, length);
                }
            };
        }
    }
}
