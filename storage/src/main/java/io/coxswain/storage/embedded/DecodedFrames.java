package io.coxswain.storage.embedded;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The valid frames that come next in a file, decoded. Those of a large file are read, checked and
/// decoded by another thread while the caller works on the ones before.
final class DecodedFrames {

    private static final long LARGE_BYTES = 4 << 20;
    private static final int AHEAD = 32;

    private final FrameReader reader;
    private final String name;
    private final Records records;

    DecodedFrames(FrameReader reader, String name, Sealing sealing) {
        this.reader = reader;
        this.name = name;
        this.records = new Records(sealing);
    }

    /// A frame and what was in it.
    record Decoded(long offset, Frames.FrameHeader header, List<Change> changes) {}

    /// What comes from the other thread: a frame, the end, or what went wrong.
    private record Item(@Nullable Decoded frame, @Nullable Throwable fault) {}

    /// Shows every frame to `action`, in order. Throws [CorruptionException] when a valid frame
    /// holds what was never written, after those before it were shown.
    void each(Consumer<Decoded> action) throws IOException {
        if (reader.left() < LARGE_BYTES) {
            for (var frame = next(); frame != null; frame = next()) {
                action.accept(frame);
            }
            return;
        }
        var queue = new ArrayBlockingQueue<Item>(AHEAD);
        var other = Thread.ofVirtual().name("store-recovery").start(() -> decode(queue));
        try {
            for (var item = take(queue); item.frame() != null; item = take(queue)) {
                action.accept(item.frame());
            }
        } finally {
            end(other);
        }
    }

    private @Nullable Decoded next() throws IOException {
        var frame = reader.next();
        return frame == null
                ? null
                : new Decoded(
                        frame.offset(), frame.header(), SnapshotFile.decode(records, frame, name));
    }

    private void decode(BlockingQueue<Item> queue) {
        try {
            try {
                for (var frame = next(); frame != null; frame = next()) {
                    queue.put(new Item(frame, null));
                }
                queue.put(new Item(null, null));
            } catch (IOException | RuntimeException | Error fault) {
                queue.put(new Item(null, fault));
            }
        } catch (InterruptedException unwanted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits without being interrupted: a store is opened wholly or not at all.
    private static Item take(BlockingQueue<Item> queue) throws IOException {
        var interrupted = false;
        while (true) {
            try {
                var item = queue.take();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                rethrow(item.fault());
                return item;
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
    }

    private static void rethrow(@Nullable Throwable fault) throws IOException {
        switch (fault) {
            case null -> {}
            case IOException unreadable -> throw unreadable;
            case RuntimeException damaged -> throw damaged;
            case Error fatal -> throw fatal;
            default -> throw new IllegalStateException(fault);
        }
    }

    /// Nobody uses the reader any more when this returns.
    private static void end(Thread other) {
        other.interrupt();
        var interrupted = false;
        while (other.isAlive()) {
            try {
                other.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
