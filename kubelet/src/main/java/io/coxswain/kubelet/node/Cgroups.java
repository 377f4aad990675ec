package io.coxswain.kubelet.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The control groups of this host. A group is named by its path, such as
/// `/kubepods/burstable/pod1234`, whatever version of cgroups lies below.
///
/// The container runtime makes the groups of containers inside a pod's group; the pod's group and
/// those above it are the kubelet's to make, limit and remove.
public interface Cgroups {

    /// What this host has. A hybrid host, with the memory controller on version 1, counts as
    /// version 1.
    static Cgroups detect() {
        return detect(MountTable.read());
    }

    static Cgroups detect(MountTable mounts) {
        var ones = mounts.entries().stream().filter(m -> m.type().equals("cgroup")).toList();
        if (ones.stream().anyMatch(m -> has(m, "memory"))) {
            return CgroupsV1.of(mounts);
        }
        return mounts.entries().stream()
                .filter(m -> m.type().equals("cgroup2"))
                .findFirst()
                .map(m -> (Cgroups) new CgroupsV2(Path.of(m.path())))
                .orElseThrow(() -> new HostException("no cgroups are mounted on this host"));
    }

    private static boolean has(MountTable.Entry mount, String controller) {
        return List.of(mount.options().split(",")).contains(controller)
                && Files.isDirectory(Path.of(mount.path()));
    }

    /// 1 or 2.
    int version();

    boolean exists(String group);

    /// Makes the group and those above it where they are missing, then sets its limits.
    void create(String group, CgroupLimits limits);

    /// Sets the limits that are given. A memory limit below what is in use is refused.
    void limit(String group, CgroupLimits limits);

    /// The groups directly inside, by name.
    List<String> children(String group);

    /// The processes in the group and in all groups inside it.
    List<Long> processes(String group);

    /// Kills every process in the group and inside it. Returns before they are gone.
    void kill(String group);

    /// Removes the group and all inside it, innermost first; false if processes are still in one.
    boolean remove(String group);

    /// What the group has used so far.
    CgroupUsage usage(String group);
}
