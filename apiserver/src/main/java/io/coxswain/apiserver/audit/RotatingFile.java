package io.coxswain.apiserver.audit;

import io.coxswain.base.Clock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A log file that only its owner may read. When it is full it is set aside as
/// `audit-2026-01-31T23-59-59.000.log` and a new one begun; old ones are thrown away.
///
/// For one thread at a time.
public final class RotatingFile extends OutputStream {

    private static final Logger LOG = LoggerFactory.getLogger(RotatingFile.class);
    private static final long BYTES_MAX = 100L << 20;
    private static final String COMPRESSED = ".gz";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss.SSS").withZone(ZoneOffset.UTC);

    /// When a file is full, and what becomes of the old ones.
    ///
    /// @param bytesMax 0 for 100 MiB
    /// @param days that old ones are kept; 0 for ever
    /// @param files that old ones are kept of; 0 for all
    public record Limits(long bytesMax, int days, int files, boolean compress) {}

    private final Path file;
    private final Limits limits;
    private final Clock clock;
    private FileChannel channel;
    private long size;
    private @Nullable Thread tidying;

    public RotatingFile(Path file, Limits limits, Clock clock) throws IOException {
        this.file = file.toAbsolutePath();
        this.limits = limits;
        this.clock = clock;
        var directory = this.file.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        this.channel = open();
        this.size = channel.size();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /// Never parts what is written at once.
    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        var most = limits.bytesMax() == 0 ? BYTES_MAX : limits.bytesMax();
        if (size > 0 && size + count > most) {
            rotate();
        }
        var buffer = ByteBuffer.wrap(bytes, from, count);
        while (buffer.hasRemaining()) {
            size += channel.write(buffer);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private FileChannel open() throws IOException {
        var mode =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options =
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND);
        try {
            return FileChannel.open(file, options, mode);
        } catch (UnsupportedOperationException e) {
            return FileChannel.open(file, options, new FileAttribute<?>[0]);
        }
    }

    private void rotate() throws IOException {
        channel.close();
        var aside = file.resolveSibling(stem() + "-" + STAMP.format(clock.now()) + ending());
        Files.move(file, aside);
        channel = open();
        size = 0;
        tidied();
        tidying = Thread.ofVirtual().name("audit-log-rotation").start(() -> tidy(aside));
    }

    /// Waits until nothing more is done about old files.
    void tidied() {
        var current = tidying;
        if (current != null) {
            try {
                current.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void tidy(Path aside) {
        try {
            if (limits.compress()) {
                compress(aside);
            }
            var old = aside();
            old.sort(Comparator.<Path>naturalOrder().reversed());
            for (var i = 0; i < old.size(); i++) {
                if ((limits.files() > 0 && i >= limits.files()) || expired(old.get(i))) {
                    Files.deleteIfExists(old.get(i));
                }
            }
        } catch (IOException e) {
            LOG.warn("old audit logs beside {} stay: {}", file, e.getMessage());
        }
    }

    private static void compress(Path aside) throws IOException {
        var packed = Path.of(aside + COMPRESSED);
        try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(aside, out);
        }
        Files.delete(aside);
    }

    private List<Path> aside() throws IOException {
        var found = new ArrayList<Path>();
        try (var all = Files.list(file.resolveSibling("."))) {
            all.map(Path::normalize).filter(this::isOld).forEach(found::add);
        }
        return found;
    }

    private boolean isOld(Path other) {
        return !stamp(other).isEmpty();
    }

    /// When a file was set aside; empty for a file that never was.
    private String stamp(Path other) {
        var name = other.getFileName().toString();
        var bare = name.endsWith(COMPRESSED) ? name.substring(0, name.length() - 3) : name;
        var start = stem() + "-";
        if (!bare.startsWith(start)
                || !bare.endsWith(ending())
                || bare.length() <= start.length() + ending().length()) {
            return "";
        }
        var stamp = bare.substring(start.length(), bare.length() - ending().length());
        try {
            STAMP.parse(stamp);
            return stamp;
        } catch (DateTimeParseException e) {
            return "";
        }
    }

    private boolean expired(Path old) {
        if (limits.days() == 0) {
            return false;
        }
        var since = STAMP.parse(stamp(old), Instant::from);
        return since.isBefore(clock.now().minus(Duration.ofDays(limits.days())));
    }

    private String stem() {
        var name = file.getFileName().toString();
        var dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    private String ending() {
        return file.getFileName().toString().substring(stem().length());
    }
}
