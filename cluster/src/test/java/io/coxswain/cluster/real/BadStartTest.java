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

    /// In a mount namespace in which two programs and the CNI plugins are not there.
    @Test
    void packagesThatAreMissing() {
        var result = withoutPackages("exec " + realNode("--install-packages=never"));

        assertRefused(
                result,
                "this node lacks nft, conntrack, CNI plugins (bridge, host-local, loopback)",
                "apt-get install nftables conntrack containernetworking-plugins",
                "--node=none");
    }

    /// What would be asked of the package manager, shown by one that only takes notes and fails.
    @Test
    void packagesThatCannotBeInstalled() throws IOException {
        var asked = home.resolve("asked");
        var manager = Files.createDirectory(home.resolve("bin")).resolve("apt-get");
        Files.writeString(
                manager, "#!/bin/sh\necho \"$@\" >> " + asked + "\necho E: no sources\nexit 100\n");
        Files.setPosixFilePermissions(manager, PosixFilePermissions.fromString("rwxr-xr-x"));

        var result =
                withoutPackages(
                        "PATH=%s:$PATH; exec %s".formatted(manager.getParent(), realNode("")));

        assertRefused(result, "apt-get could not install nftables", "E: no sources");
        assertThat(result.output())
                .contains("missing: nft (service addresses and network policies)");
        assertThat(Files.readString(asked))
                .containsSubsequence(
                        "--no-install-recommends install nftables conntrack"
                                + " containernetworking-plugins",
                        "update");
    }

    /// The first one is none the worse for it.
    @Test
    void aSecondNodeOnOneHost() throws IOException {
        try (var first = Up.withNode(Files.createDirectory(home.resolve("first")))) {
            var before = HostState.read();

            var second = Program.run("sh", "-c", "exec " + realNode(""));

            assertRefused(
                    second,
                    "another cluster has a node on this host",
                    "./cox down --data-dir=" + first.data());
            Program.run(Program.cox(), "down", "--data-dir=" + home.resolve("data"));
            assertThat(before.difference(HostState.read())).isEmpty();
            assertThat(first.kubectl("get", "nodes")).contains(" Ready ");
        }
    }

    @Test
    void aKubeletPortThatIsTaken() throws IOException {
        try (var taken = new ServerSocket(10250)) {
            var before = HostState.read();

            var result = Program.run("sh", "-c", "exec " + realNode(""));

            assertRefused(result, String.valueOf(taken.getLocalPort()), "in use");
            assertThat(before.difference(HostState.read())).isEmpty();
        }
    }

    private String realNode(String flag) {
        return "%s up --node=real --https-port=0 --data-dir=%s --kubeconfig=%s %s"
                .formatted(Program.cox(), home.resolve("data"), home.resolve("config"), flag);
    }

    private static Program.Result withoutPackages(String script) {
        var hidden =
                "for program in nft conntrack; do"
                        + " mount --bind /dev/null $(command -v $program) || true; done;"
                        + " mount -t tmpfs tmpfs /usr/lib/cni || true; ";
        return Program.run("unshare", "--mount", "sh", "-c", hidden + script);
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
