package io.coxswain.kubelet.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Cgroups version 1: one tree per controller, each with the same groups. `mounts` leads from the
/// controller to its tree; controllers that share a mount share the folder.
record CgroupsV1(Map<String, Path> mounts) implements Cgroups {

    /// On a hybrid host the runtime makes its groups in the tree of version 2 as well.
    private static final String UNIFIED = "unified";

    private static final List<String> CONTROLLERS =
            List.of(
                    "cpu",
                    "cpuacct",
                    "cpuset",
                    "memory",
                    "pids",
                    "hugetlb",
                    "devices",
                    "freezer",
                    "blkio",
                    "net_cls",
                    "net_prio",
                    "perf_event",
                    "name=systemd");

    static CgroupsV1 of(MountTable table) {
        var mounts = new LinkedHashMap<String, Path>();
        for (var entry : table.entries()) {
            if (entry.type().equals("cgroup2")) {
                mounts.putIfAbsent(UNIFIED, Path.of(entry.path()));
            }
            if (entry.type().equals("cgroup")) {
                Stream.of(entry.options().split(","))
                        .filter(CONTROLLERS::contains)
                        .forEach(name -> mounts.putIfAbsent(name, Path.of(entry.path())));
            }
        }
        return new CgroupsV1(mounts);
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public boolean exists(String group) {
        return trees().stream().anyMatch(t -> Files.isDirectory(CgroupFiles.folder(t, group)));
    }

    @Override
    public void create(String group, CgroupLimits limits) {
        for (var tree : trees()) {
            CgroupFiles.create(CgroupFiles.folder(tree, group));
        }
        var cpuset = mounts.get("cpuset");
        if (cpuset != null) {
            inheritCpus(cpuset, group);
        }
        limit(group, limits);
    }

    /// A group that says no CPUs and memory nodes lets no process in, so it starts with its
    /// parent's.
    private static void inheritCpus(Path top, String group) {
        var above = top;
        for (var name : group.substring(1).split("/")) {
            var folder = above.resolve(name);
            for (var file : List.of("cpuset.cpus", "cpuset.mems")) {
                var own = CgroupFiles.read(folder.resolve(file));
                var given = CgroupFiles.read(above.resolve(file));
                if (own != null && own.isEmpty() && given != null) {
                    CgroupFiles.write(folder.resolve(file), given);
                }
            }
            above = folder;
        }
    }

    @Override
    public void limit(String group, CgroupLimits limits) {
        set(group, "cpu", "cpu.shares", limits.cpuShares());
        if (limits.cpuQuotaMicros() != null) {
            set(group, "cpu", "cpu.cfs_period_us", CgroupLimits.CPU_PERIOD_MICROS);
            set(group, "cpu", "cpu.cfs_quota_us", limits.cpuQuotaMicros());
        }
        set(group, "memory", "memory.limit_in_bytes", limits.memoryBytes());
        if (limits.processes() != null) {
            var max = limits.processes() < 0 ? "max" : limits.processes().toString();
            write(group, "pids", "pids.max", max);
        }
        limits.hugepageBytes()
                .forEach((size, v) ->
                        set(group, "hugetlb", "hugetlb." + size + ".limit_in_bytes", v));
    }

    private void set(String group, String controller, String file, @Nullable Long value) {
        if (value != null) {
            write(group, controller, file, value.toString());
        }
    }

    /// A controller that this kernel does not have limits nothing.
    private void write(String group, String controller, String file, String value) {
        var tree = mounts.get(controller);
        if (tree != null) {
            CgroupFiles.write(CgroupFiles.folder(tree, group).resolve(file), value);
        }
    }

    @Override
    public List<String> children(String group) {
        var names = new TreeSet<String>();
        trees().forEach(t -> names.addAll(CgroupFiles.children(CgroupFiles.folder(t, group))));
        return List.copyOf(names);
    }

    @Override
    public List<Long> processes(String group) {
        return trees().stream()
                .flatMap(t -> CgroupFiles.processes(CgroupFiles.folder(t, group)).stream())
                .distinct()
                .toList();
    }

    @Override
    public void kill(String group) {
        for (var pid : processes(group)) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Override
    public boolean remove(String group) {
        var removed = true;
        for (var tree : trees()) {
            removed &= CgroupFiles.remove(CgroupFiles.folder(tree, group));
        }
        return removed;
    }

    @Override
    public CgroupUsage usage(String group) {
        var memory = folder("memory", group);
        var used = CgroupFiles.number(memory.resolve("memory.usage_in_bytes"));
        var idle = CgroupFiles.field(memory.resolve("memory.stat"), "total_inactive_file");
        return new CgroupUsage(
                CgroupFiles.number(folder("cpuacct", group).resolve("cpuacct.usage")),
                used,
                Math.max(0, used - idle),
                CgroupFiles.number(folder("pids", group).resolve("pids.current")));
    }

    private Path folder(String controller, String group) {
        var tree = mounts.get(controller);
        return tree == null ? Path.of("/nonexistent") : CgroupFiles.folder(tree, group);
    }

    private List<Path> trees() {
        return mounts.values().stream().distinct().toList();
    }
}
