package io.coxswain.kubelet.logs;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Reads a container's log once from a chosen place, and follows it, over rotations, while the
/// container runs.
public final class LogReader {

    private static final long POLL_MILLIS = 200;
    private static final int CHUNK = 16_384;

    private final Path file;
    private final LogOptions options;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private long left;
    private boolean lineStart = true;
    private @Nullable Object opened;

    /// Takes pieces of the log as they are read.
    @FunctionalInterface
    public interface Target {
        void write(byte[] bytes) throws IOException;
    }

    public LogReader(Path file, LogOptions options) {
        this.file = file;
        this.options = options;
        this.left = Objects.requireNonNullElse(options.limitBytes(), Long.MAX_VALUE);
    }

    /// Copies until the end of the log or, when following, until `more` says that nothing will
    /// come.
    public void copy(Target target, BooleanSupplier more) throws IOException {
        var open = new RandomAccessFile(file.toFile(), "r");
        opened = key();
        try {
            var tail = options.tailLines();
            open.seek(tail == null ? 0 : LogLines.tailOffset(open, tail));
            while (left > 0) {
                var running = options.follow() && more.getAsBoolean();
                if (drain(open, target)) {
                    continue;
                }
                if (!running) {
                    return;
                }
                var next = rotated();
                if (next == null) {
                    pause();
                } else {
                    drain(open, target);
                    open.close();
                    open = next;
                }
            }
        } finally {
            open.close();
        }
    }

    /// Copies what is there now; false: nothing.
    private boolean drain(RandomAccessFile open, Target target) throws IOException {
        var chunk = new byte[CHUNK];
        var any = false;
        for (var count = open.read(chunk); count > 0 && left > 0; count = open.read(chunk)) {
            any = true;
            var out = new ByteArrayOutputStream();
            for (var i = 0; i < count; i++) {
                if (chunk[i] == '\n') {
                    line(pending.toByteArray(), out);
                    pending.reset();
                } else {
                    pending.write(chunk[i]);
                }
            }
            send(out.toByteArray(), target);
        }
        return any;
    }

    private void line(byte[] bytes, ByteArrayOutputStream out) {
        var line = LogLine.parse(bytes);
        if (line == null || !options.wants(line)) {
            return;
        }
        if (options.timestamps() && lineStart) {
            out.writeBytes(line.timestamp().getBytes(StandardCharsets.US_ASCII));
            out.write(' ');
        }
        out.writeBytes(line.text());
        if (line.whole()) {
            out.write('\n');
        }
        lineStart = line.whole();
    }

    private void send(byte[] bytes, Target target) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        var count = (int) Math.min(left, bytes.length);
        left -= count;
        target.write(count == bytes.length ? bytes : java.util.Arrays.copyOf(bytes, count));
    }

    /// The file that has taken the place of the open one; null when it is still the same.
    private @Nullable RandomAccessFile rotated() throws IOException {
        try {
            var now = key();
            if (Objects.equals(now, opened)) {
                return null;
            }
            opened = now;
            return new RandomAccessFile(file.toFile(), "r");
        } catch (NoSuchFileException | FileNotFoundException e) {
            return null;
        }
    }

    private @Nullable Object key() throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
