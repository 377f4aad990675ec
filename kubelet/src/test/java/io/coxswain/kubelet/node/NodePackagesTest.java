package io.coxswain.kubelet.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NodePackagesTest {

    /// A host where apt-get works: what it is asked for is there afterwards.
    private static final class FakeHost implements HostCommands {
        final Set<String> programs = new TreeSet<>();
        final List<List<String>> ran = new ArrayList<>();
        final List<Result> results = new ArrayList<>();

        FakeHost(String... programs) {
            this.programs.addAll(List.of(programs));
        }

        @Override
        public Result run(Duration timeMax, Map<String, String> environment, List<String> command) {
            ran.add(command);
            assertThat(environment).containsEntry("DEBIAN_FRONTEND", "noninteractive");
            var result = results.isEmpty() ? new Result(0, "") : results.removeFirst();
            if (result.ok() && command.contains("install")) {
                programs.addAll(command);
                programs.addAll(List.of("ctr", "nft"));
            }
            return result;
        }

        @Override
        public boolean has(String program) {
            return programs.contains(program);
        }
    }

    private static final String[] ALL_BUT_CONNTRACK = {
        "apt-get", "containerd", "ctr", "runc", "nft", "ip", "mount", "setsid", "busybox"
    };

    @Test
    void aCompleteHostNeedsNothing() {
        var host = new FakeHost(ALL_BUT_CONNTRACK);
        host.programs.add("conntrack");

        new NodePackages(host, () -> Path.of("/cni")).install(line -> fail(line));

        assertThat(host.ran).isEmpty();
    }

    @Test
    void whatIsMissingIsNamedWithItsPurposeAndInstalledWithoutExtras() {
        var host = new FakeHost(ALL_BUT_CONNTRACK);
        var said = new ArrayList<String>();

        new NodePackages(host, () -> Path.of("/cni")).install(said::add);

        assertThat(said)
                .containsExactly(
                        "missing: conntrack (forgets connections to pods that are gone)",
                        "installing with apt-get: conntrack");
        assertThat(host.ran)
                .containsExactly(
                        List.of(
                                "apt-get",
                                "-o",
                                "DPkg::Lock::Timeout=120",
                                "-q",
                                "-y",
                                "--no-install-recommends",
                                "install",
                                "conntrack"));
    }

    @Test
    void aFailedInstallationIsTriedAgainWithFreshPackageLists() {
        var host = new FakeHost(ALL_BUT_CONNTRACK);
        host.results.add(new HostCommands.Result(100, "E: Unable to locate package"));

        new NodePackages(host, () -> Path.of("/cni")).install(_ -> {});

        assertThat(host.ran)
                .extracting(List::getLast)
                .containsExactly("conntrack", "update", "conntrack");
    }

    @Test
    void aHostWithoutAptIsToldWhatToInstall() {
        var host = new FakeHost("ip", "mount", "setsid");

        assertThatThrownBy(() -> new NodePackages(host, () -> null).install(_ -> {}))
                .isInstanceOf(HostException.class)
                .hasMessageStartingWith("this node lacks containerd, ctr, runc, nft, conntrack,")
                .hasMessageContaining("apt-get install containerd runc nftables conntrack");
        assertThat(host.ran).isEmpty();
    }

    private static void fail(String line) {
        throw new AssertionError(line);
    }
}
