package io.coxswain.kubelet.server;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which files are shown as the log of a container.
class ContainerLogsTest {

    @TempDir Path root;

    private Path log() throws IOException {
        var folder = Files.createDirectories(root.resolve("default_a_uid").resolve("c"));
        return Files.writeString(folder.resolve("0.log"), "line");
    }

    @Test
    void aPlainFileIsShown() throws IOException {
        var log = log();

        assertThatCode(() -> ContainerLogs.checkPlain(log)).doesNotThrowAnyException();
    }

    @Test
    void neitherTheFileNorItsFoldersMayBeLinks() throws IOException {
        var secret = Files.writeString(root.resolve("shadow"), "secret");
        var log = log();
        Files.delete(log);
        Files.createSymbolicLink(log, secret);
        assertThatThrownBy(() -> ContainerLogs.checkPlain(log))
                .hasMessageContaining("is a symbolic link");

        var elsewhere = Files.createDirectories(root.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("0.log"), "secret");
        var folder = root.resolve("default_b_uid");
        Files.createDirectories(folder);
        Files.createSymbolicLink(folder.resolve("c"), elsewhere);
        assertThatThrownBy(() -> ContainerLogs.checkPlain(folder.resolve("c").resolve("0.log")))
                .hasMessageContaining("is a symbolic link");
    }
}
