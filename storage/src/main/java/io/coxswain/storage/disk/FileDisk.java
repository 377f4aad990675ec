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
import java.util.List;

/// A directory of the file system.
///
/// Files are written through `RandomAccessFile`, not `FileChannel`: a channel is closed when a thread
/// that uses it is interrupted, and any writer's thread may be the one that writes for all.
public final class FileDisk implements Disk {

    private final Path directory;

    public FileDisk(Path directory) {
        this.directory = directory;
    }

    @Override
    public List<String> list() throws IOException {
        Files.createDirectories(directory);
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public OpenFile create(String name) throws IOException {
        Files.createDirectories(directory);
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
        Files.createDirectories(directory);
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

    private static IOException explain(IOException fault) {
        var message = String.valueOf(fault.getMessage());
        var full = message.contains("No space left") || message.contains("quota exceeded");
        return full ? new DiskFullException(message, fault) : fault;
    }

    private record Handle(RandomAccessFile file) implements OpenFile {

        @Override
        public long size() throws IOException {
            return file.length();
        }

        @Override
        public int read(long position, byte[] into, int offset, int length) throws IOException {
            file.seek(position);
            return file.read(into, offset, length);
        }

        @Override
        public void append(byte[] bytes, int offset, int length) throws IOException {
            try {
                file.seek(file.length());
                file.write(bytes, offset, length);
            } catch (IOException e) {
                throw explain(e);
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            file.setLength(size);
        }

        @Override
        public void force() throws IOException {
            file.getFD().sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
