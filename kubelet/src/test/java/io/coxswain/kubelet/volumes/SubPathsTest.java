package io.coxswain.kubelet.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.kubelet.testing.FakeMounts;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Parts of volumes, and containers that try to reach beyond them.
class SubPathsTest {

    @TempDir private Path root = Path.of("unset");
    private Path volume = Path.of("unset");

    @BeforeEach
    void makeVolume() throws Exception {
        volume = Files.createDirectory(root.resolve("volume"));
        Files.writeString(root.resolve("outside"), "secret");
    }

    @Test
    void aMissingFolderIsMade() throws Exception {
        assertThat(SubPaths.resolve(volume, "a/b")).isDirectory();
        assertThat(volume.resolve("a/b")).isDirectory();
    }

    @Test
    void aLinkInsideTheVolumeIsFollowed() throws Exception {
        Files.createDirectory(volume.resolve("real"));
        Files.createSymbolicLink(volume.resolve("link"), Path.of("real"));
        assertThat(SubPaths.resolve(volume, "link")).isEqualTo(volume.resolve("real").toRealPath());
    }

    @Test
    void aLinkOutOfTheVolumeIsRefused() throws Exception {
        Files.createSymbolicLink(volume.resolve("link"), root);
        assertThatThrownBy(() -> SubPaths.resolve(volume, "link/outside"))
                .isInstanceOf(VolumeException.class)
                .hasMessageContaining("outside of volume directory");
    }

    @Test
    void dotsAndAbsolutePathsAreRefused() {
        assertThatThrownBy(() -> SubPaths.resolve(volume, "../outside"))
                .isInstanceOf(VolumeException.class);
        assertThatThrownBy(() -> SubPaths.resolve(volume, "/etc"))
                .isInstanceOf(VolumeException.class);
    }

    @Test
    void aFileIsMountedAsAFile() throws Exception {
        Files.writeString(volume.resolve("f"), "x");
        var target = root.resolve("mounts/0");
        var mounts = new FakeMounts();
        assertThat(new SubPaths(mounts).bind(volume, "f", target)).hasContent("x");
        assertThat(mounts.log).containsExactly("bind f");
    }

    @Test
    void aLinkThatIsSwappedDuringTheMountIsNoticed() throws Exception {
        Files.writeString(volume.resolve("f"), "x");
        var target = root.resolve("mounts/0");
        var swapping =
                new FakeMounts() {
                    @Override
                    public void bind(Path source, Path to) {
                        super.bind(root.resolve("outside"), to);
                    }
                };
        assertThatThrownBy(() -> new SubPaths(swapping).bind(volume, "f", target))
                .hasMessageContaining("changed while it was mounted");
        assertThat(swapping.log).contains("unmount 0");
    }
}
