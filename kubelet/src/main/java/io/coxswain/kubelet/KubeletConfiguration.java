package io.coxswain.kubelet;

import io.coxswain.api.core.Node.Taint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// How one node is run. Field names are those of upstream's `KubeletConfiguration` where it has
/// them.
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
        String rootDirectory,
        String podLogsDir,
        List<String> podCIDRs,
        List<String> clusterDNS,
        String clusterDomain,
        String resolvConf,
        Map<String, String> nodeLabels,
        List<Taint> registerWithTaints,
        String providerID,
        int maxPods,
        int port,
        String version,
        int nodeStatusUpdateFrequencySeconds,
        int nodeStatusReportFrequencySeconds,
        int relistPeriodMillis,
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
                root.toString(),
                root.resolve("pod-logs").toString(),
                List.of(),
                List.of(),
                "cluster.local",
                "/etc/resolv.conf",
                Map.of(),
                List.of(),
                "",
                110,
                10250,
                "v1.36.0",
                10,
                300,
                1000,
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
