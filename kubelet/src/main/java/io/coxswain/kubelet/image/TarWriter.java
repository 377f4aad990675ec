package io.coxswain.kubelet.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes a POSIX tar archive in memory. Everything belongs to root and was changed at time 0, so
/// that equal content gives equal bytes.
final class TarWriter {

    private static final int BLOCK = 512;
    private static final int NAME_MAX = 100;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    TarWriter folder(String name, int mode) {
        return entry(name + "/", mode, '5', "", new byte[0]);
    }

    TarWriter file(String name, int mode, byte[] content) {
        return entry(name, mode, '0', "", content);
    }

    TarWriter link(String name, String target) {
        return entry(name, 0777, '2', target, new byte[0]);
    }

    /// The archive, ended by two empty blocks.
    byte[] bytes() {
        out.writeBytes(new byte[2 * BLOCK]);
        return out.toByteArray();
    }

    private TarWriter entry(String name, int mode, char type, String target, byte[] content) {
        out.writeBytes(header(name, mode, type, target, content.length));
        out.writeBytes(content);
        out.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
        return this;
    }

    /// Offsets and widths are those of the ustar format; numbers are octal text.
    private static byte[] header(String name, int mode, char type, String target, int size) {
        var header = new byte[BLOCK];
        text(header, 0, name);
        text(header, 100, "%07o".formatted(mode));
        text(header, 108, "%07o".formatted(0));
        text(header, 116, "%07o".formatted(0));
        text(header, 124, "%011o".formatted(size));
        text(header, 136, "%011o".formatted(0));
        header[156] = (byte) type;
        text(header, 157, target);
        text(header, 257, "ustar\00000");
        text(header, 265, "root");
        text(header, 297, "root");
        // The checksum counts its own field as spaces.
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        text(header, 148, "%06o\0".formatted(sum));
        return header;
    }

    private static void text(byte[] header, int offset, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > NAME_MAX) {
            throw new IllegalArgumentException("too long for a tar header: " + text);
        }
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
}
