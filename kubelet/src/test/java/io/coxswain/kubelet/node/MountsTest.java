package io.coxswain.kubelet.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
class MountsTest {

    private final Mounts mounts = new Mounts(HostCommands.host());

    @TempDir Path folder = Path.of("/nonexistent");

    @AfterEach
    void unmount() {
        mounts.unmountUnder(folder);
        assertThat(MountTable.read().under(folder)).isEmpty();
    }

    @Test
    void aFolderIsSharedOnce() {
        mounts.share(folder.resolve("kubelet"));
        mounts.share(folder.resolve("kubelet"));

        assertThat(MountTable.read().under(folder))
                .singleElement()
                .matches(MountTable.Entry::shared);
    }

    @Test
    void aFileSystemInMemoryHasItsSize() {
        var target = folder.resolve("with space/tmp");
        mounts.tmpfs(target, "size=64k");
        mounts.tmpfs(target, "size=64k");

        var entry = MountTable.read().at(target);
        assertThat(entry).isNotNull();
        assertThat(entry.options()).contains("size=64k");
        mounts.unmount(target);
        mounts.unmount(target);
        assertThat(MountTable.read().at(target)).isNull();
    }

    @Test
    void aReadOnlyBindMountRefusesWrites() throws Exception {
        var source = Files.createDirectory(folder.resolve("source"));
        var target = Files.createDirectory(folder.resolve("target"));
        Files.writeString(source.resolve("a"), "hi");

        mounts.bind(source, target, true);

        assertThat(Files.readString(target.resolve("a"))).isEqualTo("hi");
        assertThat(Files.isWritable(target.resolve("a"))).isFalse();
    }
}
