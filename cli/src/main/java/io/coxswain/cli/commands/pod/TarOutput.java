package io.coxswain.cli.commands.pod;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;

/// Writes files as a tar stream that any `tar` unpacks; names beyond the header's width go in
/// front, as GNU tar does it.
final class TarOutput {

    static final int BLOCK = 512;
    private static final int NAME_WIDTH = 100;

    private final OutputStream out;

    TarOutput(OutputStream out) {
        this.out = out;
    }

    /// A file or folder and everything in it, under another name.
    void add(Path file, String name) throws IOException {
        if (Files.isSymbolicLink(file)) {
            var target = Files.readSymbolicLink(file).toString();
            header(name, '2', 0777, 0, target, file);
        } else if (Files.isDirectory(file)) {
            header(name + "/", '5', mode(file), 0, "", file);
            try (var children = Files.newDirectoryStream(file)) {
                for (var child : children) {
                    add(child, name + "/" + child.getFileName());
                }
            }
        } else {
            var size = Files.size(file);
            header(name, '0', mode(file), size, "", file);
            try (var content = Files.newInputStream(file)) {
                content.transferTo(out);
            }
            pad(size);
        }
    }

    void finish() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.flush();
    }

    private void header(String name, char type, int mode, long size, String link, Path file)
            throws IOException {
        longName('L', name);
        longName('K', link);
        var modified = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis() / 1000;
        out.write(block(name, type, mode, size, link, modified));
    }

    private void longName(char type, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > NAME_WIDTH) {
            out.write(block("././@LongLink", type, 0, bytes.length + 1L, "", 0));
            out.write(bytes);
            out.write(0);
            pad(bytes.length + 1L);
        }
    }

    private static byte[] block(
            String name, char type, int mode, long size, String link, long modified) {
        var block = new byte[BLOCK];
        text(block, 0, name);
        text(block, 100, "%07o".formatted(mode));
        text(block, 108, "%07o".formatted(0));
        text(block, 116, "%07o".formatted(0));
        text(block, 124, "%011o".formatted(size));
        text(block, 136, "%011o".formatted(Math.max(0, modified)));
        block[156] = (byte) type;
        text(block, 157, link);
        text(block, 257, "ustar  ");
        // The checksum counts its own field as blanks.
        Arrays.fill(block, 148, 156, (byte) ' ');
        var sum = 0;
        for (var b : block) {
            sum += b & 0xff;
        }
        text(block, 148, "%06o\0".formatted(sum));
        return block;
    }

    private static void text(byte[] block, int offset, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, offset, Math.min(bytes.length, NAME_WIDTH));
    }

    private void pad(long size) throws IOException {
        out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
    }

    private static int mode(Path file) throws IOException {
        var granted = Files.getPosixFilePermissions(file);
        var mode = 0;
        // They are listed from the highest bit to the lowest.
        for (var permission : PosixFilePermission.values()) {
            mode = mode << 1 | (granted.contains(permission) ? 1 : 0);
        }
        return mode;
    }
}
