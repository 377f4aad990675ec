package io.coxswain.network.dns;

import io.coxswain.api.core.Service;
import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.api.discovery.EndpointSlice.Endpoint;
import io.coxswain.api.discovery.EndpointSlice.EndpointPort;
import io.coxswain.network.host.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What has a name because of one Service.
///
/// @param addresses its cluster IPs; empty for a headless one
/// @param externalName where an ExternalName points to, else empty
/// @param ports of the Service itself
/// @param hosts its endpoints that answer
record ServiceNames(
        String name,
        String namespace,
        List<String> addresses,
        String externalName,
        List<Port> ports,
        List<Host> hosts) {

    record Port(String name, String protocol, int number) {

        /// Whether a query for `_name._protocol` means this port; empty means any.
        boolean matches(String wantedName, String wantedProtocol) {
            return (wantedName.isEmpty() || wantedName.equals(name))
                    && (wantedProtocol.isEmpty() || wantedProtocol.equals(protocol));
        }
    }

    /// An endpoint: its name within the Service's, its address, and the ports it has.
    record Host(String name, String address, List<Port> ports) {}

    boolean headless() {
        return addresses.isEmpty() && externalName.isEmpty();
    }

    static ServiceNames of(Service service, List<EndpointSlice> slices) {
        var spec = service.spec();
        var external = spec.type().equals("ExternalName") ? spec.externalName() : "";
        var all = spec.clusterIPs().isEmpty() ? List.of(spec.clusterIP()) : spec.clusterIPs();
        var ports =
                spec.ports().stream()
                        .map(port -> port(port.name(), port.protocol(), port.port()))
                        .toList();
        return new ServiceNames(
                service.name(),
                service.namespace(),
                external.isEmpty() ? all.stream().filter(Ipv4::address).toList() : List.of(),
                external,
                ports,
                slices.stream().flatMap(ServiceNames::hosts).distinct().toList());
    }

    private static Stream<Host> hosts(EndpointSlice slice) {
        var hosts = new ArrayList<Host>();
        if (!slice.addressType().equals("IPv4")) {
            return hosts.stream();
        }
        var ports = slice.ports().stream().map(ServiceNames::port).toList();
        for (var endpoint : slice.endpoints()) {
            if (!Objects.equals(endpoint.conditions().ready(), false)) {
                endpoint.addresses().stream()
                        .filter(Ipv4::address)
                        .forEach(address ->
                                hosts.add(new Host(hostName(endpoint, address), address, ports)));
            }
        }
        return hosts.stream();
    }

    private static String hostName(Endpoint endpoint, String address) {
        var name = endpoint.hostname();
        return name == null || name.isEmpty()
                ? address.replace('.', '-')
                : name.toLowerCase(Locale.ROOT);
    }

    private static Port port(EndpointPort port) {
        var number = port.port();
        return port(port.name(), port.protocol(), number == null ? 0 : number);
    }

    private static Port port(@Nullable String name, @Nullable String protocol, int number) {
        var lower = protocol == null ? "" : protocol.toLowerCase(Locale.ROOT);
        return new Port(name == null ? "" : name, lower.isEmpty() ? "tcp" : lower, number);
    }
}
