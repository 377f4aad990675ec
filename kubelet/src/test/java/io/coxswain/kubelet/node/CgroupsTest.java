package io.coxswain.kubelet.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupsTest {

    @TempDir Path top = Path.of("/nonexistent");

    @Test
    void podsLieWhereTheirQosClassSays() {
        assertThat(CgroupTree.DEFAULT.pod(CgroupTree.Qos.GUARANTEED, "a"))
                .isEqualTo("/kubepods/poda");
        assertThat(CgroupTree.DEFAULT.pod(CgroupTree.Qos.BURSTABLE, "a"))
                .isEqualTo("/kubepods/burstable/poda");
        assertThat(new CgroupTree("/node1").pod(CgroupTree.Qos.BEST_EFFORT, "a"))
                .isEqualTo("/node1/kubepods/besteffort/poda");
    }

    @Test
    void theCurveOfWeightsGoesThroughItsEndsAndTheDefault() {
        assertThat(CgroupLimits.weight(0)).isEqualTo(1);
        assertThat(CgroupLimits.weight(2)).isEqualTo(1);
        assertThat(CgroupLimits.weight(1024)).isEqualTo(100);
        assertThat(CgroupLimits.weight(262_144)).isEqualTo(10_000);
        assertThat(CgroupLimits.weight(512)).isBetween(50L, 70L);
    }

    @Test
    void aHybridHostIsVersionOneAndAUnifiedOneIsTwo() {
        var hybrid =
                MountTable.parse(
                        """
                        1 0 0:1 / %1$s rw - cgroup cgroup rw,memory
                        2 0 0:2 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
                        """
                                .formatted(top));
        var unified = MountTable.parse("2 0 0:2 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");

        assertThat(Cgroups.detect(hybrid).version()).isEqualTo(1);
        assertThat(Cgroups.detect(unified).version()).isEqualTo(2);
        assertThatThrownBy(() -> Cgroups.detect(MountTable.parse("")))
                .hasMessage("no cgroups are mounted on this host");
    }

    @Test
    void versionOneWritesEachLimitToItsController() throws IOException {
        var cgroups =
                new CgroupsV1(Map.of("cpu", top.resolve("cpu"), "memory", top.resolve("mem")));
        cgroups.create("/kubepods", CgroupLimits.NONE);

        cgroups.create("/kubepods/poda", new CgroupLimits(512L, 50_000L, 1L << 20, 9L, Map.of()));

        var cpu = top.resolve("cpu/kubepods/poda");
        assertThat(Files.readString(cpu.resolve("cpu.shares"))).isEqualTo("512");
        assertThat(Files.readString(cpu.resolve("cpu.cfs_quota_us"))).isEqualTo("50000");
        assertThat(Files.readString(top.resolve("mem/kubepods/poda/memory.limit_in_bytes")))
                .isEqualTo("1048576");
        assertThat(cgroups.children("/kubepods")).containsExactly("poda");
        assertThat(cgroups.usage("/kubepods/poda").processes()).isZero();
    }

    @Test
    void versionTwoConvertsSharesAndSaysMaxForNoLimit() throws IOException {
        var cgroups = new CgroupsV2(top);
        cgroups.create("/kubepods/poda", CgroupLimits.NONE);
        var folder = top.resolve("kubepods/poda");
        for (var file : new String[] {"cpu.weight", "cpu.max", "memory.max", "pids.max"}) {
            Files.createFile(folder.resolve(file));
        }

        cgroups.limit("/kubepods/poda", new CgroupLimits(1024L, -1L, 1L << 20, -1L, Map.of()));

        assertThat(Files.readString(folder.resolve("cpu.weight"))).isEqualTo("100");
        assertThat(Files.readString(folder.resolve("cpu.max"))).isEqualTo("max 100000");
        assertThat(Files.readString(folder.resolve("memory.max"))).isEqualTo("1048576");
        assertThat(Files.readString(folder.resolve("pids.max"))).isEqualTo("max");
    }

    @Test
    void removingTakesTheInnermostFirstAndTwiceIsFine() {
        var cgroups = new CgroupsV2(top);
        cgroups.create("/kubepods/burstable/poda/c1", CgroupLimits.NONE);

        assertThat(cgroups.remove("/kubepods")).isTrue();
        assertThat(cgroups.remove("/kubepods")).isTrue();
        assertThat(cgroups.exists("/kubepods")).isFalse();
    }

    @Test
    void aPathThatLeavesTheTreeIsRefused() {
        assertThatThrownBy(() -> new CgroupsV2(top).remove("/kubepods/../../etc"))
                .hasMessageStartingWith("not a cgroup");
        assertThatThrownBy(() -> new CgroupsV2(top).remove("kubepods"))
                .hasMessageStartingWith("not a cgroup");
    }
}
