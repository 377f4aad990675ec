package io.coxswain.api.columns;

import io.coxswain.api.core.Endpoints;
import io.coxswain.api.core.Service;
import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.api.networking.IPAddress;
import io.coxswain.api.networking.Ingress;
import io.coxswain.api.networking.IngressClass;
import io.coxswain.api.networking.NetworkPolicy;
import io.coxswain.api.networking.ServiceCIDR;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rows of the kinds about networking.
public final class NetworkCells {

    private NetworkCells() {}

    public static List<@Nullable Object> service(Service service, Instant now) {
        var spec = service.spec();
        return Cells.row(
                service.name(),
                spec.type(),
                spec.clusterIPs().isEmpty() ? Cells.NONE : spec.clusterIPs().getFirst(),
                externalIp(service),
                Cells.orNone(
                        spec.ports().stream()
                                .map(NetworkCells::port)
                                .collect(Collectors.joining(","))),
                Cells.age(service, now),
                Cells.labels(spec.selector()));
    }

    public static List<@Nullable Object> endpoints(Endpoints endpoints, Instant now) {
        var all = new ArrayList<String>();
        for (var subset : endpoints.subsets()) {
            if (subset.ports().isEmpty()) {
                subset.addresses().forEach(address -> all.add(address.ip()));
            }
            for (var port : subset.ports()) {
                subset.addresses().forEach(a -> all.add(hostPort(a.ip(), port.port())));
            }
        }
        return Cells.row(
                endpoints.name(), Cells.orNone(Cells.firstThree(all)), Cells.age(endpoints, now));
    }

    public static List<@Nullable Object> endpointSlice(EndpointSlice slice, Instant now) {
        var ports =
                slice.ports().stream()
                        .map(port -> port.port() == null ? "*" : port.port().toString())
                        .toList();
        var addresses =
                slice.endpoints().stream()
                        .flatMap(endpoint -> endpoint.addresses().stream())
                        .toList();
        return Cells.row(
                slice.name(),
                slice.addressType(),
                ports.isEmpty() ? Cells.UNSET : Cells.firstThree(ports),
                addresses.isEmpty() ? Cells.UNSET : Cells.firstThree(addresses),
                Cells.age(slice, now));
    }

    public static List<@Nullable Object> ingress(Ingress ingress, Instant now) {
        var spec = ingress.spec();
        var hosts =
                spec.rules().stream()
                        .map(Ingress.IngressRule::host)
                        .filter(host -> !host.isEmpty())
                        .toList();
        var addresses =
                ingress.status().loadBalancer().ingress().stream()
                        .map(point -> point.ip().isEmpty() ? point.hostname() : point.ip())
                        .collect(Collectors.joining(","));
        return Cells.row(
                ingress.name(),
                Objects.requireNonNullElse(spec.ingressClassName(), Cells.NONE),
                hosts.isEmpty() ? "*" : Cells.firstThree(hosts),
                addresses,
                spec.tls().isEmpty() ? "80" : "80, 443",
                Cells.age(ingress, now));
    }

    public static List<@Nullable Object> ingressClass(IngressClass kind, Instant now) {
        var parameters = kind.spec().parameters();
        var text = Cells.NONE;
        if (parameters != null) {
            var group = parameters.apiGroup();
            text = parameters.kind() + (group == null ? "" : "." + group) + "/" + parameters.name();
        }
        return Cells.row(kind.name(), kind.spec().controller(), text, Cells.age(kind, now));
    }

    public static List<@Nullable Object> networkPolicy(NetworkPolicy policy, Instant now) {
        return Cells.row(
                policy.name(), Cells.selector(policy.spec().podSelector()), Cells.age(policy, now));
    }

    public static List<@Nullable Object> serviceCidr(ServiceCIDR range, Instant now) {
        return Cells.row(
                range.name(), String.join(",", range.spec().cidrs()), Cells.age(range, now));
    }

    public static List<@Nullable Object> ipAddress(IPAddress address, Instant now) {
        var parent = address.spec().parentRef();
        var group = parent.group().isEmpty() ? "" : "." + parent.group();
        var path = parent.namespace().isEmpty() ? "" : parent.namespace() + "/";
        return Cells.row(address.name(), parent.resource() + group + "/" + path + parent.name());
    }

    private static String externalIp(Service service) {
        var spec = service.spec();
        if (spec.type().equals("ExternalName")) {
            return spec.externalName();
        }
        var all = new ArrayList<String>();
        if (spec.type().equals("LoadBalancer")) {
            for (var point : service.status().loadBalancer().ingress()) {
                all.add(point.ip().isEmpty() ? point.hostname() : point.ip());
            }
        }
        all.addAll(spec.externalIPs());
        if (all.isEmpty()) {
            return spec.type().equals("LoadBalancer") ? "<pending>" : Cells.NONE;
        }
        return String.join(",", all);
    }

    private static String port(Service.ServicePort port) {
        return port.nodePort() == 0
                ? port.port() + "/" + port.protocol()
                : port.port() + ":" + port.nodePort() + "/" + port.protocol();
    }

    private static String hostPort(String host, int port) {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
}
