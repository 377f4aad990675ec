package io.coxswain.cli.commands.pod;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads a tar stream entry by entry: ustar, with the long names of GNU tar and of pax.
final class TarInput {

    private static final int NAME_BYTES_MAX = 64 * 1024;

    private final InputStream in;
    private long unread;

    /// @param type `0` a file, `5` a folder, `2` a symbolic link, `1` a hard link
    /// @param target of a link
    record Entry(String name, char type, int mode, long size, String target) {}

    TarInput(InputStream in) {
        this.in = in;
    }

    /// Null at the end.
    @Nullable Entry next() throws IOException {
        var name = "";
        var target = "";
        while (true) {
            in.skipNBytes(unread);
            unread = 0;
            var block = in.readNBytes(TarOutput.BLOCK);
            if (block.length < TarOutput.BLOCK || block[0] == 0) {
                return null;
            }
            var size = number(block, 124, 12);
            unread = padded(size);
            var type = block[156] == 0 ? '0' : (char) block[156];
            switch (type) {
                case 'L' -> name = longText(size);
                case 'K' -> target = longText(size);
                case 'x' -> {
                    var records = longText(size);
                    name = pax(records, "path", name);
                    target = pax(records, "linkpath", target);
                }
                case 'g' -> {}
                default -> {
                    unread = type == '0' ? padded(size) : 0;
                    return new Entry(
                            name.isEmpty() ? headerName(block) : name,
                            type,
                            (int) number(block, 100, 8),
                            size,
                            target.isEmpty() ? text(block, 157, 100) : target);
                }
            }
        }
    }

    /// Copies the content of the entry that was just read.
    void copy(Entry entry, OutputStream to) throws IOException {
        var buffer = new byte[32 * 1024];
        for (var left = entry.size(); left > 0; ) {
            var count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new EOFException("unexpected EOF");
            }
            to.write(buffer, 0, count);
            left -= count;
            unread -= count;
        }
    }

    private String longText(long size) throws IOException {
        if (size > NAME_BYTES_MAX) {
            throw new IOException("archive/tar: header field too long");
        }
        var bytes = in.readNBytes((int) size);
        unread -= bytes.length;
        var text = new String(bytes, StandardCharsets.UTF_8);
        return text.endsWith("\0") ? text.substring(0, text.length() - 1) : text;
    }

    /// `25 path=some/long/name` and a line feed, for each record.
    private static String pax(String records, String key, String otherwise) {
        for (var line : records.split("\n")) {
            var start = line.indexOf(' ') + 1;
            if (line.startsWith(key + "=", start)) {
                return line.substring(start + key.length() + 1);
            }
        }
        return otherwise;
    }

    private static String headerName(byte[] block) {
        var posix = text(block, 257, 8).equals("ustar") && block[262] == 0;
        var prefix = posix ? text(block, 345, 155) : "";
        var name = text(block, 0, 100);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] block, int offset, int width) {
        var end = offset;
        while (end < offset + width && block[end] != 0) {
            end++;
        }
        return new String(block, offset, end - offset, StandardCharsets.UTF_8);
    }

    /// Octal text, or binary when the first bit is set.
    private static long number(byte[] block, int offset, int width) throws IOException {
        if ((block[offset] & 0x80) != 0) {
            var value = (long) (block[offset] & 0x7f);
            for (var i = offset + 1; i < offset + width; i++) {
                value = value << 8 | (block[i] & 0xff);
            }
            return value;
        }
        var octal = text(block, offset, width).strip();
        try {
            return octal.isEmpty() ? 0 : Long.parseLong(octal, 8);
        } catch (NumberFormatException e) {
            throw new IOException("archive/tar: invalid tar header", e);
        }
    }

    private static long padded(long size) {
        return (size + TarOutput.BLOCK - 1) / TarOutput.BLOCK * TarOutput.BLOCK;
    }
}
