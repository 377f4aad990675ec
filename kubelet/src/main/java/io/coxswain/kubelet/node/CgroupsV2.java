package io.coxswain.kubelet.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cgroups version 2: one tree, in which each group says which controllers the groups inside it
/// have.
record CgroupsV2(Path mount) implements Cgroups {

    private static final List<String> WANTED =
            List.of("cpu", "memory", "pids", "cpuset", "io", "hugetlb");

    @Override
    public int version() {
        return 2;
    }

    @Override
    public boolean exists(String group) {
        return Files.isDirectory(folder(group));
    }

    @Override
    public void create(String group, CgroupLimits limits) {
        var folder = mount;
        for (var name : mount.relativize(folder(group))) {
            delegate(folder);
            folder = folder.resolve(name);
            CgroupFiles.create(folder);
        }
        delegate(folder);
        limit(group, limits);
    }

    /// Gives the groups inside `folder` every controller that it has itself.
    private static void delegate(Path folder) {
        var present = CgroupFiles.read(folder.resolve("cgroup.controllers"));
        var given = CgroupFiles.read(folder.resolve("cgroup.subtree_control"));
        if (present == null || given == null) {
            return;
        }
        for (var controller : present.split(" ")) {
            if (WANTED.contains(controller) && !List.of(given.split(" ")).contains(controller)) {
                CgroupFiles.write(folder.resolve("cgroup.subtree_control"), "+" + controller);
            }
        }
    }

    @Override
    public void limit(String group, CgroupLimits limits) {
        var folder = folder(group);
        if (limits.cpuShares() != null) {
            write(folder, "cpu.weight", Long.toString(CgroupLimits.weight(limits.cpuShares())));
        }
        if (limits.cpuQuotaMicros() != null) {
            var quota = max(limits.cpuQuotaMicros());
            write(folder, "cpu.max", quota + " " + CgroupLimits.CPU_PERIOD_MICROS);
        }
        write(folder, "memory.max", max(limits.memoryBytes()));
        write(folder, "pids.max", max(limits.processes()));
        limits.hugepageBytes()
                .forEach((size, value) -> write(folder, "hugetlb." + size + ".max", max(value)));
    }

    private static @Nullable String max(@Nullable Long value) {
        return value == null ? null : value < 0 ? "max" : value.toString();
    }

    /// A controller that this group was not given limits nothing.
    private static void write(Path folder, String file, @Nullable String value) {
        if (value != null && Files.exists(folder.resolve(file))) {
            CgroupFiles.write(folder.resolve(file), value);
        }
    }

    @Override
    public List<String> children(String group) {
        return CgroupFiles.children(folder(group));
    }

    @Override
    public List<Long> processes(String group) {
        return CgroupFiles.processes(folder(group));
    }

    @Override
    public void kill(String group) {
        var all = folder(group).resolve("cgroup.kill");
        if (Files.exists(all)) {
            CgroupFiles.write(all, 1);
            return;
        }
        for (var pid : processes(group)) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Override
    public boolean remove(String group) {
        return CgroupFiles.remove(folder(group));
    }

    @Override
    public CgroupUsage usage(String group) {
        var folder = folder(group);
        var used = CgroupFiles.number(folder.resolve("memory.current"));
        var idle = CgroupFiles.field(folder.resolve("memory.stat"), "inactive_file");
        return new CgroupUsage(
                CgroupFiles.field(folder.resolve("cpu.stat"), "usage_usec") * 1000,
                used,
                Math.max(0, used - idle),
                CgroupFiles.number(folder.resolve("pids.current")));
    }

    private Path folder(String group) {
        return CgroupFiles.folder(mount, group);
    }
}
