package io.coxswain.network.proxy;

import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.api.discovery.EndpointSlice.Endpoint;
import io.coxswain.api.discovery.EndpointSlice.EndpointConditions;
import io.coxswain.api.discovery.EndpointSlice.EndpointPort;
import io.coxswain.api.discovery.EndpointSlice.ForNode;
import io.coxswain.api.discovery.EndpointSlice.ForZone;
import io.coxswain.network.host.Ipv4;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The endpoints of all Services, as this node sees them: each port's, in order, each once.
final class Backends {

    private static final String SERVICE = "kubernetes.io/service-name";

    private final ProxyConfiguration configuration;
    private final Map<Port, Map<String, Backend>> known = new HashMap<>();

    private record Port(String namespace, String service, String name, String protocol) {}

    private Backends(ProxyConfiguration configuration) {
        this.configuration = configuration;
    }

    static Backends of(ProxyConfiguration configuration, Iterable<EndpointSlice> slices) {
        var backends = new Backends(configuration);
        slices.forEach(backends::add);
        return backends;
    }

    /// Where traffic goes that may go anywhere: what is ready, else what still serves while it
    /// ends; near endpoints only, when all of them say whom they are near to.
    List<Backend> anywhere(String namespace, String service, String port, String protocol) {
        return near(usable(all(namespace, service, port, protocol)));
    }

    /// Where traffic goes that has to stay on this node.
    List<Backend> here(String namespace, String service, String port, String protocol) {
        var all = all(namespace, service, port, protocol);
        return usable(all.stream().filter(Backend::local).toList());
    }

    private Collection<Backend> all(
            String namespace, String service, String port, String protocol) {
        return known.getOrDefault(new Port(namespace, service, port, protocol), Map.of()).values();
    }

    private static List<Backend> usable(Collection<Backend> all) {
        var ready = all.stream().filter(one -> one.state() == Backend.State.READY).toList();
        return ready.isEmpty()
                ? all.stream().filter(one -> one.state() == Backend.State.SERVING_LAST).toList()
                : ready;
    }

    private List<Backend> near(List<Backend> usable) {
        var byNode = hinted(usable, Backend::nodes, configuration.nodeName());
        return byNode.isEmpty() ? orAll(usable, configuration.zone()) : byNode;
    }

    private static List<Backend> orAll(List<Backend> usable, String zone) {
        var byZone = hinted(usable, Backend::zones, zone);
        return byZone.isEmpty() ? usable : byZone;
    }

    /// Those with a hint for `here`, if every one has a hint; otherwise hints do not count.
    private static List<Backend> hinted(
            List<Backend> usable, Function<Backend, Set<String>> hints, String here) {
        return usable.stream().anyMatch(one -> hints.apply(one).isEmpty())
                ? List.of()
                : usable.stream().filter(one -> hints.apply(one).contains(here)).toList();
    }

    private void add(EndpointSlice slice) {
        var service = slice.metadata().labels().get(SERVICE);
        if (service == null || !slice.addressType().equals("IPv4") || slice.deleting()) {
            return;
        }
        for (var port : slice.ports()) {
            var number = port.port();
            if (number != null) {
                var key = key(slice, service, port);
                slice.endpoints().forEach(endpoint -> add(key, endpoint, number));
            }
        }
    }

    private static Port key(EndpointSlice slice, String service, EndpointPort port) {
        var name = port.name();
        var protocol = port.protocol();
        return new Port(
                slice.namespace(),
                service,
                name == null ? "" : name,
                protocol == null ? "TCP" : protocol);
    }

    /// The addresses of one endpoint are the same pod; the first one is used, as upstream does.
    /// While a pod moves between slices it is in both; then it is as good as the better of them.
    private void add(Port key, Endpoint endpoint, int port) {
        var address = endpoint.addresses().isEmpty() ? null : endpoint.addresses().getFirst();
        if (!Ipv4.address(address) || address == null || port < 1 || port > 65_535) {
            return;
        }
        var hints = endpoint.hints();
        var backend =
                new Backend(
                        address,
                        port,
                        configuration.nodeName().equals(endpoint.nodeName()),
                        state(endpoint.conditions()),
                        hints == null ? Set.of() : names(hints.forZones(), ForZone::name),
                        hints == null ? Set.of() : names(hints.forNodes(), ForNode::name));
        known.computeIfAbsent(key, missing -> new TreeMap<>())
                .merge(
                        backend.text(),
                        backend,
                        (a, b) -> a.state().compareTo(b.state()) <= 0 ? a : b);
    }

    private static Backend.State state(EndpointConditions conditions) {
        if (isTrue(conditions.ready(), true)) {
            return Backend.State.READY;
        }
        var serving = isTrue(conditions.serving(), isTrue(conditions.ready(), true));
        return serving && isTrue(conditions.terminating(), false)
                ? Backend.State.SERVING_LAST
                : Backend.State.USELESS;
    }

    private static boolean isTrue(@Nullable Boolean value, boolean otherwise) {
        return value == null ? otherwise : value;
    }

    private static <T> Set<String> names(List<T> hints, Function<T, String> name) {
        return hints.stream().map(name).collect(Collectors.toSet());
    }
}
