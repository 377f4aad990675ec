package io.coxswain.cli.commands.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackingTest {

    @TempDir Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private byte[] packed(Path from, String name) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var tar = new TarOutput(bytes);
        tar.add(from, name);
        tar.finish();
        return bytes.toByteArray();
    }

    private void unpack(byte[] archive, String source, Path to) throws IOException {
        var messages = new PrintStream(err, true, StandardCharsets.UTF_8);
        new Unpacking(source, to, messages).unpack(new ByteArrayInputStream(archive));
    }

    @Test
    void aFolderComesOutAsItWentIn() throws IOException {
        var from = Files.createDirectories(folder.resolve("from/sub"));
        var file = Files.writeString(from.resolve("n".repeat(150)), "hello");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
        var archive = packed(folder.resolve("from"), "data");

        unpack(archive, "/data", folder.resolve("to"));

        var copy = folder.resolve("to/sub").resolve("n".repeat(150));
        assertThat(copy).hasContent("hello");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rwxr-x--x");
    }

    @Test
    void nothingIsWrittenOutsideTheDestination() throws IOException {
        var file = Files.writeString(folder.resolve("evil"), "evil");
        var archive = packed(file, "data/../../outside");

        unpack(archive, "data", folder.resolve("to"));

        assertThat(folder.resolve("outside")).doesNotExist();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("outside target destination");
    }

    @Test
    void linksAreLeftOut() throws IOException {
        var link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc/passwd"));

        unpack(packed(link, "data/link"), "data", folder.resolve("to"));

        assertThat(folder.resolve("to/link")).doesNotExist();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("skipping symlink");
    }
}
