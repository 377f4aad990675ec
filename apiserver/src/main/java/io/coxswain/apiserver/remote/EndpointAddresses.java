package io.coxswain.apiserver.remote;

import io.coxswain.api.core.Service;
import io.coxswain.api.core.Service.ServicePort;
import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.storage.Store;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Finds servers by the EndpointSlices of their Service, so that this server needs no route to
/// cluster addresses. Endpoints take turns.
public final class EndpointAddresses implements ServiceAddresses {

    private final Store store;
    private final Catalog catalog;
    private final AtomicInteger turn = new AtomicInteger();

    public EndpointAddresses(Store store, Catalog catalog) {
        this.store = store;
        this.catalog = catalog;
    }

    @Override
    public Found find(String namespace, String name, int number) {
        var named = "service/" + name + " in \"" + namespace + "\"";
        var kind = catalog.of(Service.class);
        var entry = store.snapshot().get(kind.key(namespace, name));
        if (entry == null) {
            return new Found.Nowhere(
                    "ServiceNotFound",
                    named + " is not present",
                    "service \"" + name + "\" not found");
        }
        var service = kind.object(entry);
        if (service.spec().type().equals("ExternalName")) {
            return new Found.At(
                    InetSocketAddress.createUnresolved(service.spec().externalName(), number));
        }
        var port = port(service, number);
        if (port == null) {
            return new Found.Nowhere(
                    "ServicePortError",
                    named + " is not listening on port " + number,
                    "no service port " + number + " found for service \"" + name + "\"");
        }
        return endpoint(namespace, name, port);
    }

    private Found endpoint(String namespace, String name, ServicePort port) {
        var named = "service/" + name + " in \"" + namespace + "\"";
        var nobody = "no endpoints available for service \"" + name + "\"";
        var slices = slices(namespace, name);
        if (slices.isEmpty()) {
            return new Found.Nowhere(
                    "EndpointsNotFound", "cannot find endpointslices for " + named, nobody);
        }
        var addresses = addresses(slices, port);
        if (addresses.isEmpty()) {
            return new Found.Nowhere(
                    "MissingEndpoints",
                    "endpoints for "
                            + named
                            + " have no addresses with port name \""
                            + port.name()
                            + "\"",
                    nobody);
        }
        return new Found.At(addresses.get(Math.floorMod(turn.getAndIncrement(), addresses.size())));
    }

    private static @Nullable ServicePort port(Service service, int number) {
        for (var port : service.spec().ports()) {
            if (port.port() == number) {
                return port;
            }
        }
        return null;
    }

    private List<EndpointSlice> slices(String namespace, String name) {
        var kind = catalog.of(EndpointSlice.class);
        var found = new ArrayList<EndpointSlice>();
        store.snapshot()
                .list(kind.kind().groupResource(), namespace, null)
                .forEachRemaining(entry -> {
                    var owner = entry.header().labels().get("kubernetes.io/service-name");
                    if (name.equals(owner)) {
                        found.add(kind.object(entry));
                    }
                });
        return found;
    }

    private static List<InetSocketAddress> addresses(List<EndpointSlice> slices, ServicePort port) {
        var all = new ArrayList<InetSocketAddress>();
        for (var slice : slices) {
            for (var offered : slice.ports()) {
                var number = offered.port();
                if (number == null
                        || !Objects.requireNonNullElse(offered.name(), "").equals(port.name())) {
                    continue;
                }
                for (var endpoint : slice.endpoints()) {
                    if (!Boolean.FALSE.equals(endpoint.conditions().ready())) {
                        var first = InetAddress.ofLiteral(endpoint.addresses().getFirst());
                        all.add(new InetSocketAddress(first, number));
                    }
                }
            }
        }
        return all;
    }
}
