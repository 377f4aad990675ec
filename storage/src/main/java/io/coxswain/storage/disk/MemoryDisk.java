package io.coxswain.storage.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A disk that is gone with its process, and that can lose power before that.
///
/// It keeps apart what was forced and what was not: [#afterPowerFailure] is the disk as a machine
/// might find it when it comes back, with unforced bytes lost, torn by sector or kept.
public final class MemoryDisk implements Disk {

    private static final int SECTOR_BYTES = 512;

    private SortedMap<String, Content> files = new TreeMap<>();
    private SortedMap<String, Content> durable = new TreeMap<>();
    private final List<Consumer<SortedMap<String, Content>>> unforced = new ArrayList<>();
    private Faults faults = (operation, file) -> {};
    private long capacityBytes = Long.MAX_VALUE;
    private boolean locked;

    /// Sees every change before it happens and may prevent it by throwing.
    @FunctionalInterface
    public interface Faults {

        /// @param operation `create`, `append`, `truncate`, `force`, `rename`, `delete` or
        ///     `forceNames`
        void before(String operation, String file) throws IOException;
    }

    /// From now on every change is shown to `faults` first. An append that it prevents is half
    /// done.
    public synchronized void inject(Faults faults) {
        this.faults = faults;
    }

    /// How many bytes all files together may have.
    public synchronized void limit(long bytes) {
        this.capacityBytes = bytes;
    }

    /// What this disk holds after losing power now. `random` decides what became of unforced
    /// changes.
    public synchronized MemoryDisk afterPowerFailure(RandomGenerator random) {
        var kept = new TreeMap<>(durable);
        unforced.subList(0, random.nextInt(unforced.size() + 1))
                .forEach(change -> change.accept(kept));
        var after = new MemoryDisk();
        kept.forEach((name, content) -> after.put(name, content.afterPowerFailure(random)));
        return after;
    }

    /// What this disk holds after its process was killed: everything that was written.
    public synchronized MemoryDisk afterKill() {
        var after = new MemoryDisk();
        files.forEach((name, content) -> after.put(name, content.bytes()));
        return after;
    }

    /// The present bytes of a file.
    public synchronized byte[] bytes(String name) throws IOException {
        return existing(name).bytes();
    }

    /// Puts a durable file here.
    public synchronized void put(String name, byte[] bytes) {
        var content = new Content();
        content.append(bytes, 0, bytes.length);
        content.force();
        files.put(name, content);
        durable.put(name, content);
    }

    @Override
    public synchronized List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public synchronized long size(String name) {
        var content = files.get(name);
        return content == null ? 0 : content.size;
    }

    @Override
    public synchronized OpenFile create(String name) throws IOException {
        faults.before("create", name);
        var content = new Content();
        change(names -> names.put(name, content));
        return new Handle(name, content);
    }

    @Override
    public synchronized OpenFile open(String name) throws IOException {
        return new Handle(name, existing(name));
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        faults.before("rename", from);
        var content = existing(from);
        change(names -> {
            names.remove(from);
            names.put(to, content);
        });
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        faults.before("delete", name);
        change(names -> names.remove(name));
    }

    @Override
    public synchronized void force() throws IOException {
        faults.before("forceNames", "");
        durable = new TreeMap<>(files);
        unforced.clear();
    }

    @Override
    public synchronized Closeable lock(String name) throws IOException {
        if (locked) {
            throw new InUseException(this + " is in use");
        }
        locked = true;
        return this::unlock;
    }

    private synchronized void unlock() {
        locked = false;
    }

    @Override
    public String toString() {
        return "a disk in memory";
    }

    private void change(Consumer<SortedMap<String, Content>> change) {
        files = new TreeMap<>(files);
        change.accept(files);
        unforced.add(change);
    }

    private Content existing(String name) throws IOException {
        var content = files.get(name);
        if (content == null) {
            throw new NoSuchFileException(name);
        }
        return content;
    }

    private long room() {
        var used = files.values().stream().mapToLong(content -> content.size).sum();
        return capacityBytes - used;
    }

    private final class Handle implements OpenFile {
        private final String name;
        private final Content content;

        Handle(String name, Content content) {
            this.name = name;
            this.content = content;
        }

        @Override
        public long size() {
            return content.size;
        }

        @Override
        public int read(long position, byte[] into, int offset, int length) {
            synchronized (MemoryDisk.this) {
                var count = (int) Math.min(length, content.size - position);
                if (count <= 0) {
                    return -1;
                }
                System.arraycopy(content.bytes, (int) position, into, offset, count);
                return count;
            }
        }

        @Override
        public void append(byte[] bytes, int offset, int length) throws IOException {
            synchronized (MemoryDisk.this) {
                try {
                    faults.before("append", name);
                } catch (IOException e) {
                    content.append(bytes, offset, length / 2);
                    throw e;
                }
                if (capacityBytes != Long.MAX_VALUE && room() < length) {
                    content.append(bytes, offset, (int) Math.max(0, room()));
                    throw new DiskFullException("No space left on device");
                }
                content.append(bytes, offset, length);
            }
        }

        @Override
        public void reserve(int stepBytes) {}

        @Override
        public void truncate(long size) throws IOException {
            synchronized (MemoryDisk.this) {
                faults.before("truncate", name);
                content.truncate((int) size);
            }
        }

        @Override
        public void force() throws IOException {
            synchronized (MemoryDisk.this) {
                faults.before("force", name);
                content.force();
            }
        }

        @Override
        public void close() {}
    }

    /// The bytes of a file. Durable are the first `forced` of them and, behind these, what an
    /// unforced truncation took away.
    private static final class Content {
        byte[] bytes = new byte[SECTOR_BYTES];
        int size;
        int forced;
        byte @Nullable [] cut;

        void append(byte[] more, int offset, int length) {
            if (size + length > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + length));
            }
            System.arraycopy(more, offset, bytes, size, length);
            size += length;
        }

        void truncate(int to) {
            if (to < forced) {
                var behind = cut == null ? new byte[0] : cut;
                var lost = Arrays.copyOfRange(bytes, to, forced + behind.length);
                System.arraycopy(behind, 0, lost, forced - to, behind.length);
                cut = lost;
                forced = to;
            }
            size = to;
        }

        void force() {
            forced = size;
            cut = null;
        }

        byte[] bytes() {
            return Arrays.copyOf(bytes, size);
        }

        byte[] afterPowerFailure(RandomGenerator random) {
            return switch (random.nextInt(3)) {
                case 0 -> beforeUnforced();
                case 1 -> torn(random);
                default -> bytes();
            };
        }

        private byte[] beforeUnforced() {
            var behind = cut == null ? new byte[0] : cut;
            var old = Arrays.copyOf(bytes, forced + behind.length);
            System.arraycopy(behind, 0, old, forced, behind.length);
            return old;
        }

        /// Any length, and any of the new sectors still empty.
        private byte[] torn(RandomGenerator random) {
            var torn = Arrays.copyOf(bytes, forced + random.nextInt(size - forced + 1));
            var start = forced;
            while (start < torn.length) {
                var end = Math.min(torn.length, (start / SECTOR_BYTES + 1) * SECTOR_BYTES);
                if (random.nextBoolean()) {
                    Arrays.fill(torn, start, end, (byte) 0);
                }
                start = end;
            }
            return torn;
        }
    }
}
