package io.coxswain.kubelet.hostports;

import io.coxswain.api.core.Pod;
import io.coxswain.kubelet.pod.PodContainer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// A port of this host that leads to a port of a pod.
///
/// @param protocol `tcp`, `udp` or `sctp`
/// @param hostIp the one address of the host that it holds for; empty: all
record HostPort(String protocol, String hostIp, int hostPort, String podIp, int podPort)
        implements Comparable<HostPort> {

    private static final String ADDRESS = "\\d{1,3}(\\.\\d{1,3}){3}";

    private static final Comparator<HostPort> ORDER =
            Comparator.comparingInt(HostPort::hostPort)
                    .thenComparing(HostPort::protocol)
                    // Rules for one address come before the rule for all.
                    .thenComparing(HostPort::hostIp, Comparator.reverseOrder())
                    .thenComparing(HostPort::podIp)
                    .thenComparingInt(HostPort::podPort);

    /// Those of a pod with these addresses; none of a pod that has the host's own network.
    static Set<HostPort> of(Pod pod, List<String> podIps) {
        var ports = new TreeSet<HostPort>();
        var ip = podIps.stream().filter(one -> one.matches(ADDRESS)).findFirst().orElse("");
        if (ip.isEmpty() || pod.spec().hostNetwork()) {
            return ports;
        }
        for (var container : PodContainer.all(pod)) {
            for (var port : container.spec().ports()) {
                var any = port.hostIP().isEmpty() || port.hostIP().equals("0.0.0.0");
                if (port.hostPort() > 0 && (any || port.hostIP().matches(ADDRESS))) {
                    var protocol = port.protocol().isEmpty() ? "tcp" : port.protocol();
                    ports.add(
                            new HostPort(
                                    protocol.toLowerCase(Locale.ROOT),
                                    any ? "" : port.hostIP(),
                                    port.hostPort(),
                                    ip,
                                    port.containerPort()));
                }
            }
        }
        return ports;
    }

    @Override
    public int compareTo(HostPort other) {
        return ORDER.compare(this, other);
    }
}
