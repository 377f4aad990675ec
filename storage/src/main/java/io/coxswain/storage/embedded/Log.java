package io.coxswain.storage.embedded;

import io.coxswain.storage.disk.Disk;
import java.io.IOException;

/// The segment of the log that grows. Belongs to whoever has the committer's turn.
final class Log {

    /// Small enough that writing so many zeros is not felt by the writer that has to.
    private static final int RESERVE_BYTES = 256 << 10;

    private final Disk disk;
    private volatile Segment segment;

    Log(Disk disk, Segment segment) {
        this.disk = disk;
        this.segment = segment;
    }

    /// An open segment that is written at `size`.
    static final class Segment {
        final long number;
        final long nonce;
        final Disk.OpenFile file;
        volatile long size;

        Segment(Preamble preamble, Disk.OpenFile file, long size) throws IOException {
            file.reserve(RESERVE_BYTES);
            this.number = preamble.segment();
            this.nonce = preamble.nonce();
            this.file = file;
            this.size = size;
        }
    }

    /// Makes an empty segment that is durable before it has its name.
    static Segment create(Disk disk, long number, long nonce) throws IOException {
        var preamble = new Preamble(Preamble.Kind.LOG, number, 0, nonce);
        var name = Files.log(number);
        try (var file = disk.create(name + Files.UNFINISHED)) {
            file.append(preamble.encode(), 0, Preamble.BYTES);
            file.force();
        } catch (IOException fault) {
            disk.delete(name + Files.UNFINISHED);
            throw fault;
        }
        disk.rename(name + Files.UNFINISHED, name);
        disk.force();
        return new Segment(preamble, disk.open(name), Preamble.BYTES);
    }

    long nonce() {
        return segment.nonce;
    }

    long segmentNumber() {
        return segment.number;
    }

    /// Bytes in the present segment.
    long size() {
        return segment.size;
    }

    /// Adds one frame; not durable before [#force].
    void append(Bytes frame) throws IOException {
        segment.file.append(frame.array(), 0, frame.length());
    }

    void force(int appended) throws IOException {
        segment.file.force();
        var size = segment.size + appended;
        segment.size = size;
    }

    /// Takes back what [#append] left behind since the last force.
    void takeBack() throws IOException {
        segment.file.truncate(segment.size);
    }

    /// Continues in `next`. Everything in the present segment is durable.
    void switchTo(Segment next) throws IOException {
        var old = segment;
        segment = next;
        old.file.close();
    }

    void close() throws IOException {
        segment.file.close();
    }

    Disk disk() {
        return disk;
    }
}
