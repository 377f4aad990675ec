package io.coxswain.cluster.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A data directory on a disk that is full: at the start a clear refusal; later reads and deletes
/// go on, and writes as soon as there is space again.
@Tag("real")
class DiskFullTest {

    @TempDir Path home;

    private Path disk;

    @BeforeEach
    void mount() throws IOException {
        disk = Files.createDirectory(home.resolve("data"));
        Program.run("mount", "-t", "tmpfs", "-o", "size=192m", "tmpfs", disk.toString());
    }

    @AfterEach
    void unmount() {
        Program.run("umount", disk.toString());
    }

    @Test
    void atTheStart() throws IOException {
        fill();

        var result =
                Program.run(
                        Program.cox(), "up", "--node=none", "--https-port=0", "--data-dir=" + disk);

        assertThat(result.errors()).startsWith("error: ").contains("No space left on device");
        assertThat(result.all()).doesNotContain("\tat ");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void whileItRuns() throws IOException {
        try (var up = Up.withoutNode(home)) {
            up.kubectl("create", "configmap", "before", "--from-literal=a=b");
            fill();

            // What is already on the disk, as a snapshot is, gives way at some point.
            Program.await("a refusal", Duration.ofSeconds(60), () -> refused(up));
            assertThat(up.kubectl("get", "configmap", "before", "-o", "jsonpath={.data.a}"))
                    .isEqualTo("b");
            assertThat(up.kubectl("delete", "configmap", "before")).contains("deleted");
            assertThat(up.alive()).isTrue();

            Files.delete(disk.resolve("filler"));
            Program.await(
                    "a write after space was freed",
                    Duration.ofSeconds(60),
                    () -> up.tryKubectl("create", "configmap", "after").exitCode() == 0);
            assertThat(up.kubectl("get", "configmaps", "-o", "name"))
                    .contains("configmap/after")
                    .doesNotContain("configmap/before");
        }
    }

    /// Whether a write is refused, and in clear words.
    private static boolean refused(Up up) {
        var result =
                up.tryKubectl(
                        "create", "configmap", "more", "--from-literal=a=" + "x".repeat(120_000));
        if (result.exitCode() == 0) {
            up.tryKubectl("delete", "configmap", "more");
            return false;
        }
        assertThat(result.errors()).contains("no space left");
        return true;
    }

    /// Leaves not a byte.
    private void fill() throws IOException {
        var block = new byte[1 << 20];
        Arrays.fill(block, (byte) 'x');
        try (var out = Files.newOutputStream(disk.resolve("filler"))) {
            for (var size = block.length; size > 0; ) {
                try {
                    out.write(block, 0, size);
                } catch (IOException e) {
                    size /= 2;
                }
            }
        }
    }
}
