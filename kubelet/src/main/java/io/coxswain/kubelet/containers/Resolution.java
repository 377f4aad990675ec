package io.coxswain.kubelet.containers;

import io.coxswain.api.core.Pod;
import io.coxswain.kubelet.runtime.DnsConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;

/// The `resolv.conf` of a pod, by its `dnsPolicy` and `dnsConfig`.
final class Resolution {

    private static final int SERVERS_MAX = 3;
    private static final int SEARCHES_MAX = 32;
    private static final String CLUSTER_OPTION = "ndots:5";

    private Resolution() {}

    /// @param host the host's own configuration
    static DnsConfig of(Pod pod, NodeFacts node, DnsConfig host) {
        var policy = pod.spec().dnsPolicy();
        var cluster =
                policy.equals("ClusterFirstWithHostNet")
                        || (policy.equals("ClusterFirst") && !pod.spec().hostNetwork());
        if (policy.equals("None")) {
            return merged(pod, new DnsConfig(List.of(), List.of(), List.of()));
        }
        if (!cluster || node.clusterDns().isEmpty()) {
            return merged(pod, host);
        }
        var searches = new ArrayList<String>();
        searches.add(pod.namespace() + ".svc." + node.clusterDomain());
        searches.add("svc." + node.clusterDomain());
        searches.add(node.clusterDomain());
        searches.addAll(host.searches());
        return merged(pod, new DnsConfig(node.clusterDns(), searches, List.of(CLUSTER_OPTION)));
    }

    /// Reads a resolv.conf; what is not understood is left out.
    static DnsConfig parse(String text) {
        var servers = new ArrayList<String>();
        var searches = new ArrayList<String>();
        var options = new ArrayList<String>();
        for (var line : text.split("\n")) {
            var words = line.strip().split("\\s+");
            var rest = List.of(words).subList(1, words.length);
            switch (words[0]) {
                case "nameserver" -> rest.stream().limit(1).forEach(servers::add);
                case "search", "domain" -> {
                    searches.clear();
                    rest.stream().filter(name -> !name.equals(".")).forEach(searches::add);
                }
                case "options" -> {
                    options.clear();
                    options.addAll(rest);
                }
                default -> {}
            }
        }
        return new DnsConfig(servers, searches, options);
    }

    private static DnsConfig merged(Pod pod, DnsConfig base) {
        var own = pod.spec().dnsConfig();
        if (own == null) {
            return limited(base);
        }
        var servers = new LinkedHashSet<>(base.servers());
        servers.addAll(own.nameservers());
        var searches = new LinkedHashSet<>(base.searches());
        searches.addAll(own.searches());
        var options = new LinkedHashMap<String, String>();
        base.options().forEach(option -> options.put(option.split(":", 2)[0], option));
        for (var option : own.options()) {
            var value = option.value();
            var text =
                    value == null || value.isEmpty() ? option.name() : option.name() + ":" + value;
            options.put(option.name(), text);
        }
        return limited(
                new DnsConfig(
                        List.copyOf(servers),
                        List.copyOf(searches),
                        List.copyOf(options.values())));
    }

    private static DnsConfig limited(DnsConfig config) {
        return new DnsConfig(
                config.servers().stream().limit(SERVERS_MAX).toList(),
                config.searches().stream().distinct().limit(SEARCHES_MAX).toList(),
                config.options());
    }
}
