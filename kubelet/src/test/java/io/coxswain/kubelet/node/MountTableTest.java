package io.coxswain.kubelet.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MountTableTest {

    private static final MountTable TABLE =
            MountTable.parse(
                    """
                    21 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
                    31 21 0:26 /x /mnt/a\\040b rw,noatime shared:12 master:3 - tmpfs none rw,size=64k
                    32 21 0:27 / /mnt/pods rw - tmpfs one rw
                    33 32 0:28 / /mnt/pods/1/volume rw - tmpfs two rw
                    34 21 0:29 / /mnt/pods rw - tmpfs three rw
                    35 21 0:30 / /mnt/pods-other rw - tmpfs four rw
                    """);

    @Test
    void aLineTellsWhatIsMountedWhere() {
        assertThat(TABLE.at(Path.of("/mnt/a b")))
                .isEqualTo(
                        new MountTable.Entry(
                                "/x", "/mnt/a b", true, "tmpfs", "none", "rw,size=64k"));
    }

    @Test
    void theLastMountOnAPathHidesTheOthers() {
        var entry = TABLE.at(Path.of("/mnt/pods"));

        assertThat(entry).isNotNull();
        assertThat(entry.source()).isEqualTo("three");
        assertThat(TABLE.at(Path.of("/mnt"))).isNull();
    }

    @Test
    void whatIsMountedLastAndDeepestIsUnmountedFirst() {
        assertThat(TABLE.under(Path.of("/mnt/pods")))
                .extracting(MountTable.Entry::source)
                .containsExactly("two", "three", "one");
    }

    @Test
    void thisMachineHasARoot() {
        assertThat(MountTable.read().at(Path.of("/"))).isNotNull();
    }
}
