package io.coxswain.storage.embedded;

import io.coxswain.storage.Entry;
import io.coxswain.storage.disk.Disk;
import io.coxswain.storage.state.Root;
import io.coxswain.storage.state.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The whole state at one revision in one file: a preamble, frames of objects in key order, and an
/// empty frame that says how many objects there were.
final class SnapshotFile {

    private static final int FRAME_BYTES = 256 << 10;

    private SnapshotFile() {}

    /// What a snapshot file held.
    record Loaded(Preamble preamble, Root root) {}

    /// Writes `root` so that it is durable before the file has its name. Returns the file's size.
    static long write(Disk disk, String name, Root root, Expirations expirations, Preamble preamble)
            throws IOException {
        var unfinished = name + Files.UNFINISHED;
        long size;
        try (var file = disk.create(unfinished)) {
            new Writer(file, preamble.nonce()).write(preamble, root, expirations);
            file.force();
            size = file.size();
        } catch (IOException fault) {
            disk.delete(unfinished);
            throw fault;
        }
        disk.rename(unfinished, name);
        disk.force();
        return size;
    }

    private static final class Writer {
        private final Disk.OpenFile file;
        private final long nonce;
        private final Bytes out = new Bytes();
        private int inFrame;
        private long total;

        Writer(Disk.OpenFile file, long nonce) {
            this.file = file;
            this.nonce = nonce;
        }

        void write(Preamble preamble, Root root, Expirations expirations) throws IOException {
            file.append(preamble.encode(), 0, Preamble.BYTES);
            Frames.start(out);
            for (var tree : root.trees().values()) {
                for (var entries = tree.from("", ""); entries.hasNext(); ) {
                    var entry = entries.next();
                    Records.encode(new Change(entry, false, expirations.of(entry)), out);
                    inFrame++;
                    if (out.length() >= FRAME_BYTES) {
                        flush();
                    }
                }
            }
            if (inFrame > 0) {
                flush();
            }
            flush();
        }

        /// Ends the frame; an empty one is the end of the file.
        private void flush() throws IOException {
            Frames.seal(out, 0, inFrame, total, 0, nonce);
            file.append(out.array(), 0, out.length());
            total += inFrame;
            inFrame = 0;
            out.clear();
            Frames.start(out);
        }
    }

    /// Reads a snapshot and hands the deadlines to `expirations`. Throws [CorruptionException].
    static Loaded read(Disk disk, String name, Expirations expirations) throws IOException {
        try (var file = disk.open(name)) {
            var preamble = Preamble.read(file, name, Preamble.Kind.SNAPSHOT);
            var reader = new FrameReader(file, preamble.nonce());
            var loading = new Loading(name, expirations);
            new DecodedFrames(reader, name).each(loading::add);
            if (!loading.ended) {
                throw new CorruptionException(
                        name, reader.position(), "an object is missing or not as written");
            }
            if (!reader.atEnd()) {
                throw new CorruptionException(name, reader.position(), "bytes behind the end");
            }
            var trees = trees(name, loading.resources);
            return new Loaded(preamble, new Root(preamble.revision(), trees));
        }
    }

    /// The objects read until now, in key order; the empty frame is the last.
    private static final class Loading {
        private final String name;
        private final Expirations expirations;
        private final Map<String, List<Entry>> resources = new HashMap<>();
        private long total;
        private boolean ended;

        Loading(String name, Expirations expirations) {
            this.name = name;
            this.expirations = expirations;
        }

        void add(DecodedFrames.Decoded frame) {
            if (ended || frame.header().revision() != total) {
                throw new CorruptionException(
                        name, frame.offset(), "an object is missing or not as written");
            }
            ended = frame.header().count() == 0;
            for (var change : frame.changes()) {
                var entry = change.entry();
                var resource = entry.key().resource();
                resources.computeIfAbsent(resource, any -> new ArrayList<>()).add(entry);
                expirations.apply(change);
            }
            total += frame.header().count();
        }
    }

    private static Map<String, Tree> trees(String name, Map<String, List<Entry>> resources) {
        var trees = new HashMap<String, Tree>();
        resources.forEach((resource, entries) -> {
            for (var i = 1; i < entries.size(); i++) {
                if (entries.get(i - 1).key().compareTo(entries.get(i).key()) >= 0) {
                    throw new CorruptionException(name, 0, entries.get(i) + " is not in its place");
                }
            }
            trees.put(resource, Tree.ofSorted(entries));
        });
        return trees;
    }

    static List<Change> decode(Records records, FrameReader.Frame frame, String name) {
        try {
            return records.decode(frame.records(), frame.header().count());
        } catch (Records.MalformedException fault) {
            throw new CorruptionException(name, frame.offset(), String.valueOf(fault.getMessage()));
        }
    }
}
