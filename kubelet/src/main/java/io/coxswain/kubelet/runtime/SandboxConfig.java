package io.coxswain.kubelet.runtime;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything the runtime must know to make the sandbox of a pod.
///
/// `hostname` must be `null` for a pod in the host's network. `dns` `null` gives the pod the host's
/// resolv.conf. Containers log under `logDirectory`. `cgroupParent` is the pod's own cgroup, which
/// the kubelet has made (the runtime neither limits nor removes it).
public record SandboxConfig(
        PodIdentity pod,
        @Nullable String hostname,
        @Nullable String logDirectory,
        @Nullable DnsConfig dns,
        List<PortMapping> ports,
        Map<String, String> labels,
        Map<String, String> annotations,
        @Nullable String cgroupParent,
        SecurityContext security,
        Map<String, String> sysctls,
        Resources overhead,
        Resources podResources) {

    public SandboxConfig {
        ports = List.copyOf(ports);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        sysctls = Map.copyOf(sysctls);
    }

    /// A sandbox with its own network and everything else left to the runtime.
    public static SandboxConfig of(PodIdentity pod) {
        return new SandboxConfig(
                pod,
                pod.name(),
                null,
                null,
                List.of(),
                Map.of(),
                Map.of(),
                null,
                SecurityContext.NONE,
                Map.of(),
                Resources.NONE,
                Resources.NONE);
    }

    /// The same with another log directory.
    public SandboxConfig loggingTo(String directory) {
        return new SandboxConfig(
                pod,
                hostname,
                directory,
                dns,
                ports,
                labels,
                annotations,
                cgroupParent,
                security,
                sysctls,
                overhead,
                podResources);
    }

    /// The same with these labels.
    public SandboxConfig labelled(Map<String, String> all) {
        return new SandboxConfig(
                pod,
                hostname,
                logDirectory,
                dns,
                ports,
                all,
                annotations,
                cgroupParent,
                security,
                sysctls,
                overhead,
                podResources);
    }

    /// The same in another cgroup.
    public SandboxConfig under(String parent) {
        return new SandboxConfig(
                pod,
                hostname,
                logDirectory,
                dns,
                ports,
                labels,
                annotations,
                parent,
                security,
                sysctls,
                overhead,
                podResources);
    }
}
