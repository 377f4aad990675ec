package io.coxswain.cluster.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A `cox up` that cannot work says why in words, and ends with exit code 1.
@Tag("real")
class BadStartTest {

    @TempDir Path home;

    @Test
    void aPortThatIsTaken() throws IOException {
        try (var taken = new ServerSocket(0)) {
            var result = up(home.resolve("data"), "--https-port=" + taken.getLocalPort());

            assertRefused(result, String.valueOf(taken.getLocalPort()), "in use");
        }
    }

    @Test
    void aDataDirectoryThatIsAFile() throws IOException {
        var file = Files.writeString(home.resolve("file"), "");

        assertRefused(up(file, "--https-port=0"), file.toString(), "--data-dir");
    }

    @Test
    void aSecondUpOnTheSameDirectory() {
        try (var first = Up.withoutNode(home)) {
            var second = up(first.data(), "--https-port=0");

            assertRefused(second, "another cluster runs on " + first.data(), "cox down");
            assertThat(first.kubectl("get", "namespaces")).contains("default");
        }
    }

    @Test
    void aRealNodeWithoutRoot() throws IOException {
        var open = PosixFilePermissions.fromString("rwxrwxrwx");
        Files.setPosixFilePermissions(home, open);
        var result =
                Program.run(
                        "setpriv",
                        "--reuid=65534",
                        "--regid=65534",
                        "--clear-groups",
                        Program.cox(),
                        "up",
                        "--node=real",
                        "--data-dir=" + home.resolve("data"));

        assertRefused(result, "--node=real needs root on Linux");
    }

    private Program.Result up(Path data, String port) {
        return Program.run(
                Program.cox(),
                "up",
                "--node=none",
                port,
                "--data-dir=" + data,
                "--kubeconfig=" + home.resolve("other-kubeconfig"));
    }

    private static void assertRefused(Program.Result result, String... words) {
        assertThat(result.errors()).contains("error: ").contains(words);
        assertThat(result.all()).doesNotContain("\tat ");
        assertThat(result.exitCode()).isEqualTo(1);
    }
}
