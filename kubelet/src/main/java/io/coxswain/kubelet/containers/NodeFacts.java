package io.coxswain.kubelet.containers;

import io.coxswain.api.schema.Quantity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What containers are told about the node they run on.
///
/// @param root the kubelet's own directory
/// @param podLogs where each pod has a directory for its logs
/// @param hostIps the node's addresses, the primary one first
/// @param resolvConf the file that pods with the node's own name resolution get
/// @param allocatable what pods may use, by resource name
public record NodeFacts(
        String name,
        Path root,
        Path podLogs,
        List<String> hostIps,
        List<String> clusterDns,
        String clusterDomain,
        Path resolvConf,
        Map<String, Quantity> allocatable,
        long memoryCapacityBytes) {

    public NodeFacts {
        hostIps = List.copyOf(hostIps);
        clusterDns = List.copyOf(clusterDns);
        allocatable = Map.copyOf(allocatable);
    }

    /// The directory of a pod.
    public Path podDirectory(String uid) {
        return root.resolve("pods").resolve(uid);
    }

    /// Where a pod's containers log: `<namespace>_<name>_<uid>`.
    public Path logDirectory(String namespace, String name, String uid) {
        return podLogs.resolve(namespace + "_" + name + "_" + uid);
    }
}
