package io.coxswain.network.proxy;

import io.coxswain.api.core.Service;
import io.coxswain.api.core.Service.ServicePort;
import io.coxswain.network.host.Ipv4;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/// One port of one Service: the addresses it answers on, and how.
record Frontend(Service service, ServicePort port) {

    private static final String OTHER_PROXY = "service.kubernetes.io/service-proxy-name";
    private static final int AFFINITY_SECONDS_DEFAULT = 10_800;

    /// The ports that this proxy is responsible for.
    static Stream<Frontend> of(Service service) {
        var spec = service.spec();
        if (spec.type().equals("ExternalName")
                || spec.clusterIP().equals("None")
                || service.metadata().labels().containsKey(OTHER_PROXY)) {
            return Stream.of();
        }
        return spec.ports().stream()
                .map(port -> new Frontend(service, port))
                .filter(one -> !one.clusterAddresses().isEmpty());
    }

    /// Unique, and fit for the name of a chain: the API allows only letters, digits, dots and
    /// dashes in these names.
    String key() {
        return "%s/%s/%s/%d"
                .formatted(service.namespace(), service.name(), protocol(), port.port());
    }

    boolean wellNamed() {
        return (service.namespace() + service.name()).matches("[a-z0-9.-]+")
                && protocol().matches("tcp|udp|sctp");
    }

    String protocol() {
        return protocolName().toLowerCase(Locale.ROOT);
    }

    private String protocolName() {
        return port.protocol().isEmpty() ? "TCP" : port.protocol();
    }

    List<String> clusterAddresses() {
        var spec = service.spec();
        var all = spec.clusterIPs().isEmpty() ? List.of(spec.clusterIP()) : spec.clusterIPs();
        return all.stream().filter(Ipv4::address).toList();
    }

    /// External IPs; and those a load balancer says it has, but not when it delivers to nodes
    /// itself.
    List<String> externalAddresses() {
        return Stream.concat(service.spec().externalIPs().stream(), balancerAddresses().stream())
                .filter(Ipv4::address)
                .distinct()
                .toList();
    }

    List<String> balancerAddresses() {
        if (!service.spec().type().equals("LoadBalancer")) {
            return List.of();
        }
        return service.status().loadBalancer().ingress().stream()
                .filter(ingress -> !Objects.equals(ingress.ipMode(), "Proxy"))
                .map(ingress -> ingress.ip())
                .filter(Ipv4::address)
                .toList();
    }

    /// Who may come over a load balancer's address; empty for everybody.
    List<String> sourceRanges() {
        return service.spec().loadBalancerSourceRanges().stream()
                .map(String::strip)
                .filter(Ipv4::range)
                .toList();
    }

    int nodePort() {
        return service.spec().type().equals("ClusterIP") ? 0 : port.nodePort();
    }

    boolean reachableFromOutside() {
        return nodePort() > 0 || !externalAddresses().isEmpty();
    }

    boolean insideStaysLocal() {
        return Objects.equals(service.spec().internalTrafficPolicy(), "Local");
    }

    boolean outsideStaysLocal() {
        return service.spec().externalTrafficPolicy().equals("Local") && reachableFromOutside();
    }

    boolean sticky() {
        return service.spec().sessionAffinity().equals("ClientIP");
    }

    int stickySeconds() {
        var config = service.spec().sessionAffinityConfig();
        var client = config == null ? null : config.clientIP();
        var seconds = client == null ? null : client.timeoutSeconds();
        return seconds == null ? AFFINITY_SECONDS_DEFAULT : seconds;
    }

    List<Backend> anywhere(Backends backends) {
        return backends.anywhere(service.namespace(), service.name(), port.name(), protocolName());
    }

    List<Backend> here(Backends backends) {
        return backends.here(service.namespace(), service.name(), port.name(), protocolName());
    }
}
