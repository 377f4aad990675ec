package io.coxswain.cluster.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `cox up` where none of the node's packages is installed. The machine keeps its own: they are
/// removed from overlays that only one mount namespace sees.
@Tag("real")
class FreshMachineTest {

    private static final String WITHOUT_PACKAGES =
            """
            mount -t tmpfs tmpfs "$HOME"
            for folder in usr etc var; do
              mkdir -p "$HOME/$folder" "$HOME/$folder.work"
              upper="upperdir=$HOME/$folder,workdir=$HOME/$folder.work"
              mount -t overlay -o "lowerdir=/$folder,$upper" overlay "/$folder"
            done
            export DEBIAN_FRONTEND=noninteractive
            apt-get remove -y -q containerd runc containernetworking-plugins nftables conntrack \
              busybox-static
            echo prepared
            """;

    private static final String UP =
            """
            mkdir -p "$HOME/data"
            "$COX" up --https-port=0 --data-dir="$HOME/data" --kubeconfig="$HOME/config" \
              >"$HOME/up.log" 2>&1 &
            while kill -0 $! && ! grep -q 'Cluster is ready' "$HOME/up.log"; do sleep 0.2; done
            cat "$HOME/up.log"
            "$COX" kubectl --kubeconfig="$HOME/config" get nodes
            kill -TERM $!
            wait $!
            """;

    @TempDir Path home;

    @Test
    void whatIsMissingIsInstalledAndTheClusterIsReady() {
        var result = inOverlays(WITHOUT_PACKAGES + UP);

        assumeThat(result.output())
                .as("overlays, and an apt-get that can remove: %s", result.errors())
                .contains("prepared\n");
        assumeThat(result.output())
                .as("package sources that answer")
                .doesNotContain("apt-get could not install");
        assertThat(result.output())
                .containsSubsequence(
                        "missing: containerd (runs containers)",
                        "installing with apt-get: containerd runc nftables",
                        "node packages installed",
                        "Cluster is ready in ",
                        " Ready ");
        assertThat(result.exitCode()).as(result.all()).isZero();
    }

    private Program.Result inOverlays(String script) {
        return Program.run(
                "env",
                "HOME=" + home,
                "COX=" + Program.cox(),
                "unshare",
                "--mount",
                "sh",
                "-e",
                "-c",
                script);
    }
}
