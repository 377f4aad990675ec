package io.coxswain.kubelet.runtime.cri;

import io.coxswain.kubelet.runtime.ContainerStats;
import io.coxswain.kubelet.runtime.FsUsage;
import io.coxswain.kubelet.runtime.SandboxStats;
import io.coxswain.kubelet.runtime.Usage;
import io.coxswain.kubelet.runtime.cri.v1.Cri;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what the runtime measured.
final class UsageReplies {

    private UsageReplies() {}

    static ContainerStats container(Cri.ContainerStats stats) {
        return new ContainerStats(
                stats.getAttributes().getId(),
                stats.getAttributes().getMetadata().getName(),
                stats.getAttributes().getLabelsMap(),
                new Usage(
                        stats.hasCpu() ? cpu(stats.getCpu()) : null,
                        stats.hasMemory() ? memory(stats.getMemory()) : null),
                stats.hasWritableLayer() ? fs(stats.getWritableLayer()) : null);
    }

    static SandboxStats sandbox(Cri.PodSandboxStats stats) {
        var linux = stats.getLinux();
        return new SandboxStats(
                stats.getAttributes().getId(),
                Replies.pod(stats.getAttributes().getMetadata()),
                new Usage(
                        linux.hasCpu() ? cpu(linux.getCpu()) : null,
                        linux.hasMemory() ? memory(linux.getMemory()) : null),
                linux.hasNetwork() ? network(linux.getNetwork()) : null,
                linux.hasProcess() ? linux.getProcess().getProcessCount().getValue() : null,
                linux.getContainersList().stream().map(UsageReplies::container).toList());
    }

    static FsUsage fs(Cri.FilesystemUsage usage) {
        return new FsUsage(
                usage.getFsId().getMountpoint(),
                Replies.time(usage.getTimestamp()),
                usage.getUsedBytes().getValue(),
                usage.getInodesUsed().getValue());
    }

    private static Usage.Cpu cpu(Cri.CpuUsage cpu) {
        return new Usage.Cpu(
                Replies.time(cpu.getTimestamp()),
                cpu.getUsageCoreNanoSeconds().getValue(),
                value(cpu.hasUsageNanoCores(), cpu.getUsageNanoCores()));
    }

    private static Usage.Memory memory(Cri.MemoryUsage memory) {
        return new Usage.Memory(
                Replies.time(memory.getTimestamp()),
                memory.getWorkingSetBytes().getValue(),
                value(memory.hasAvailableBytes(), memory.getAvailableBytes()),
                value(memory.hasUsageBytes(), memory.getUsageBytes()),
                value(memory.hasRssBytes(), memory.getRssBytes()),
                value(memory.hasPageFaults(), memory.getPageFaults()),
                value(memory.hasMajorPageFaults(), memory.getMajorPageFaults()));
    }

    private static SandboxStats.Network network(Cri.NetworkUsage network) {
        List<SandboxStats.Interface> interfaces = new ArrayList<>();
        if (network.hasDefaultInterface()) {
            interfaces.add(traffic(network.getDefaultInterface()));
        }
        network.getInterfacesList().forEach(usage -> interfaces.add(traffic(usage)));
        return new SandboxStats.Network(Replies.time(network.getTimestamp()), interfaces);
    }

    private static SandboxStats.Interface traffic(Cri.NetworkInterfaceUsage usage) {
        return new SandboxStats.Interface(
                usage.getName(),
                usage.getRxBytes().getValue(),
                usage.getRxErrors().getValue(),
                usage.getTxBytes().getValue(),
                usage.getTxErrors().getValue());
    }

    private static @Nullable Long value(boolean present, Cri.UInt64Value value) {
        return present ? value.getValue() : null;
    }
}
