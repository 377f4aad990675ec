package io.coxswain.storage.disk;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/// One directory of append-only files.
///
/// What was written to a file survives a power failure after [OpenFile#force]; that a file exists,
/// was renamed or deleted, after [#force]. Until then any part of it may be lost, and a file's new
/// bytes may be there in part.
public interface Disk {

    /// The names of the files, in order.
    List<String> list() throws IOException;

    /// How many bytes a file takes, reserved ones included; 0 when there is no such file.
    long size(String name) throws IOException;

    /// Makes an empty file and opens it; a file that is there already is emptied.
    OpenFile create(String name) throws IOException;

    /// Opens a file that exists.
    OpenFile open(String name) throws IOException;

    /// Gives a file another name; a file that had that name is replaced.
    void rename(String from, String to) throws IOException;

    void delete(String name) throws IOException;

    /// Makes creations, renames and deletions durable.
    void force() throws IOException;

    /// Keeps every other process, and everyone else in this one, from locking the same directory
    /// until closed. Throws [InUseException] when someone else has it.
    Closeable lock(String name) throws IOException;

    /// Where this is, for messages.
    @Override
    String toString();

    /// A file that can be read anywhere and written at its end. Used by one thread at a time.
    interface OpenFile extends Closeable {

        long size() throws IOException;

        /// Reads what is there at `position`, at most `length` bytes; -1 at the end of the file.
        int read(long position, byte[] into, int offset, int length) throws IOException;

        /// Adds bytes at the end. When it throws, part of them may have been added.
        void append(byte[] bytes, int offset, int length) throws IOException;

        /// From now on makes room in steps of about so many bytes, because forcing bytes into room
        /// that is there already is about twice as fast. Room left over by a crash reads as zeros.
        void reserve(int stepBytes) throws IOException;

        /// Drops what is behind `size`.
        void truncate(long size) throws IOException;

        /// Makes everything appended so far durable. Never try again after it has thrown: the
        /// operating system forgets what it could not write and reports success the next time.
        void force() throws IOException;
    }
}
