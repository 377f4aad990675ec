package io.coxswain.storage.disk;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// A directory of the file system.
///
/// Files are written through `RandomAccessFile`, not `FileChannel`: a channel is closed when a
/// thread that uses it is interrupted, and any writer's thread may be the one that writes for all.
public final class FileDisk implements Disk {

    private final Path directory;

    public FileDisk(Path directory) {
        this.directory = directory;
    }

    @Override
    public List<String> list() throws IOException {
        make();
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public long size(String name) {
        return directory.resolve(name).toFile().length();
    }

    @Override
    public OpenFile create(String name) throws IOException {
        make();
        try {
            var file = new RandomAccessFile(directory.resolve(name).toFile(), "rw");
            file.setLength(0);
            return new Handle(file);
        } catch (IOException e) {
            throw explain(e);
        }
    }

    @Override
    public OpenFile open(String name) throws IOException {
        var path = directory.resolve(name);
        if (!Files.exists(path)) {
            throw new java.nio.file.NoSuchFileException(path.toString());
        }
        return new Handle(new RandomAccessFile(path.toFile(), "rw"));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(
                directory.resolve(from),
                directory.resolve(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
    }

    /// Not every system can force a directory; those that cannot do not need it.
    @Override
    public void force() throws IOException {
        if (java.io.File.separatorChar == '\\') {
            return;
        }
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public Closeable lock(String name) throws IOException {
        make();
        var channel =
                FileChannel.open(
                        directory.resolve(name),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Someone in this process has it: the same answer as for another process.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new InUseException(directory + " is in use by another process");
    }

    @Override
    public String toString() {
        return directory.toString();
    }

    /// Makes the directory if need be, for its owner only: the objects include secrets.
    private void make() throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Files.createDirectories(directory);
        var view = Files.getFileAttributeView(directory, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static IOException explain(IOException fault) {
        var message = String.valueOf(fault.getMessage());
        var full = message.contains("No space left") || message.contains("quota exceeded");
        return full ? new DiskFullException(message, fault) : fault;
    }

    /// Bytes up to `end` are the file's; from there to `allocated` there are zeros.
    private static final class Handle implements OpenFile {
        private final RandomAccessFile file;
        private long end;
        private long allocated;
        private byte[] zeros = new byte[0];

        Handle(RandomAccessFile file) throws IOException {
            this.file = file;
            this.end = file.length();
            this.allocated = end;
        }

        @Override
        public long size() {
            return end;
        }

        @Override
        public int read(long position, byte[] into, int offset, int length) throws IOException {
            if (position >= end) {
                return -1;
            }
            file.seek(position);
            return file.read(into, offset, (int) Math.min(length, end - position));
        }

        @Override
        public void append(byte[] bytes, int offset, int length) throws IOException {
            try {
                if (zeros.length > 0 && end + length > allocated) {
                    allocate();
                }
                file.seek(end);
                file.write(bytes, offset, length);
                end += length;
                allocated = Math.max(allocated, end);
            } catch (IOException e) {
                throw explain(e);
            }
        }

        /// Room is only for speed: when there is none, the append finds out itself.
        private void allocate() {
            try {
                file.seek(allocated);
                file.write(zeros);
                allocated += zeros.length;
            } catch (IOException e) {
                zeros = new byte[0];
            }
        }

        @Override
        public void reserve(int stepBytes) {
            zeros = new byte[stepBytes];
        }

        @Override
        public void truncate(long size) throws IOException {
            file.setLength(size);
            end = size;
            allocated = size;
        }

        @Override
        public void force() throws IOException {
            file.getFD().sync();
        }

        /// Leaves no room behind.
        @Override
        public void close() throws IOException {
            if (file.getChannel().isOpen() && allocated > end) {
                file.setLength(end);
            }
            file.close();
        }
    }
}
