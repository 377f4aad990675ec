package io.coxswain.kubelet.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerdConfigTest {

    private static final ContainerdConfig CONFIG =
            new ContainerdConfig(
                    Path.of("/data"), Path.of("/usr/lib/cni"), "pause:1", true, "overlayfs");

    @Test
    void versionOneHasOneCriPlugin() {
        assertThat(CONFIG.toml("1.6.20"))
                .startsWith("version = 2\n")
                .contains("root = \"/data/root\"")
                .contains("address = \"/data/containerd.sock\"")
                .contains("sandbox_image = \"pause:1\"")
                .contains("restrict_oom_score_adj = true")
                .contains("netns_mounts_under_state_dir = true")
                .contains("bin_dir = \"/usr/lib/cni\"")
                .doesNotContain("io.containerd.cri.v1");
    }

    @Test
    void versionTwoHasThree() {
        assertThat(CONFIG.toml("2.1.4"))
                .startsWith("version = 3\n")
                .contains("[plugins.\"io.containerd.cri.v1.images\".pinned_images]")
                .contains("sandbox = \"pause:1\"")
                .contains("[plugins.\"io.containerd.cri.v1.runtime\".cni]")
                .contains("bin_dirs = [\"/usr/lib/cni\"]")
                .contains("restrict_oom_score_adj = true")
                .contains("stream_server_address = \"127.0.0.1\"");
        assertThat(CONFIG.toml("2.0.3")).contains("bin_dir = \"/usr/lib/cni\"");
    }

    @Test
    void aFolderThatContainerdCannotUseIsRefused() {
        for (var folder : List.of("relative", "/a\"b", "/a\\b", "/" + "x".repeat(100))) {
            assertThatThrownBy(() -> at(Path.of(folder))).isInstanceOf(HostException.class);
        }
    }

    private static ContainerdConfig at(Path home) {
        return new ContainerdConfig(home, Path.of("/cni"), "pause:1", false, "native");
    }
}
