package io.coxswain.kubelet;

import io.coxswain.api.core.Node.Taint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How one node is run. Field names are those of upstream's `KubeletConfiguration` where it has them.
///
/// @param nodeIps the node's addresses, the primary one first
/// @param rootDirectory where pods' directories are kept
/// @param podLogsDir where containers log
/// @param podCIDRs what pod addresses are taken from; empty: the node IPAM controller decides
/// @param nodeLabels labels beside those every node has
/// @param version what this node says it runs: `v1.36.0`
/// @param serverNames the common names of client certificates that may use the node server
public record KubeletConfiguration(
        String nodeName,
        List<String> nodeIps,
        Path rootDirectory,
        Path podLogsDir,
        List<String> podCIDRs,
        List<String> clusterDNS,
        String clusterDomain,
        Path resolvConf,
        Map<String, String> nodeLabels,
        List<Taint> registerWithTaints,
        String providerID,
        int maxPods,
        int port,
        String version,
        Duration nodeStatusUpdateFrequency,
        Duration nodeStatusReportFrequency,
        Duration relistPeriod,
        int nodeLeaseDurationSeconds,
        long containerLogMaxSizeBytes,
        int containerLogMaxFiles,
        int imageGCHighThresholdPercent,
        int imageGCLowThresholdPercent,
        long evictionHardMemoryBytes,
        int evictionHardNodefsPercent,
        List<String> serverNames) {

    private static final long MEBI = 1 << 20;

    public KubeletConfiguration {
        nodeIps = List.copyOf(nodeIps);
        podCIDRs = List.copyOf(podCIDRs);
        clusterDNS = List.copyOf(clusterDNS);
        nodeLabels = Map.copyOf(nodeLabels);
        registerWithTaints = List.copyOf(registerWithTaints);
        serverNames = List.copyOf(serverNames);
    }

    /// Upstream's defaults for a node of that name, which keeps everything under `root`.
    /// Change single fields with [io.coxswain.api.schema.Edit].
    public static KubeletConfiguration defaults(String nodeName, List<String> nodeIps, Path root) {
        return new KubeletConfiguration(
                nodeName,
                nodeIps,
                root,
                root.resolve("pod-logs"),
                List.of(),
                List.of(),
                "cluster.local",
                Path.of("/etc/resolv.conf"),
                Map.of(),
                List.of(),
                "",
                110,
                10250,
                "v1.36.0",
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                Duration.ofSeconds(1),
                40,
                10 * MEBI,
                5,
                85,
                80,
                100 * MEBI,
                10,
                List.of("kube-apiserver-kubelet-client", "system:kube-apiserver"));
    }
}
