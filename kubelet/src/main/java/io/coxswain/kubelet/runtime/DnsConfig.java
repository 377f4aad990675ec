package io.coxswain.kubelet.runtime;

import java.util.List;

/// The resolv.conf of a pod.
public record DnsConfig(List<String> servers, List<String> searches, List<String> options) {

    public DnsConfig {
        servers = List.copyOf(servers);
        searches = List.copyOf(searches);
        options = List.copyOf(options);
    }
}
