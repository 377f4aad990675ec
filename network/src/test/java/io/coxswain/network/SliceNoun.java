package io.coxswain.network;

import static io.coxswain.client.fixture.Nouns.any;

import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.api.discovery.EndpointSlice.Endpoint;
import io.coxswain.api.discovery.EndpointSlice.EndpointConditions;
import io.coxswain.api.discovery.EndpointSlice.EndpointPort;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.fixture.AnyNoun;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// An EndpointSlice of a Service in the making.
public final class SliceNoun {

    private final AnyNoun<EndpointSlice> noun;

    private SliceNoun(String service) {
        noun = any(EndpointSlice.class, service + "-1");
        noun.labelled("kubernetes.io/service-name", service);
        noun.set(EndpointSlice::addressType, "IPv4");
    }

    public static SliceNoun slice(String service) {
        return new SliceNoun(service);
    }

    public SliceNoun in(String namespace) {
        noun.in(namespace);
        return this;
    }

    public SliceNoun port(String name, String protocol, int port) {
        var made = new EndpointPort(name, protocol, port, null);
        noun.with(it -> Edit.of(it).change(EndpointSlice::ports, k -> plus(k, made)).done());
        return this;
    }

    public SliceNoun ready(String address, String node) {
        return endpoint(address, node, new EndpointConditions(true, true, false));
    }

    public SliceNoun unready(String address, String node) {
        return endpoint(address, node, new EndpointConditions(false, false, false));
    }

    public SliceNoun ending(String address, String node) {
        return endpoint(address, node, new EndpointConditions(false, true, true));
    }

    /// Changes the endpoint added last.
    public SliceNoun change(UnaryOperator<Endpoint> change) {
        noun.with(it ->
                Edit.of(it)
                        .change(
                                EndpointSlice::endpoints,
                                known -> {
                                    var all = new ArrayList<>(known);
                                    all.add(change.apply(all.removeLast()));
                                    return List.copyOf(all);
                                })
                        .done());
        return this;
    }

    public SliceNoun endpoint(String address, String node, EndpointConditions conditions) {
        var made =
                Edit.of(Endpoint.class)
                        .set(Endpoint::addresses, List.of(address))
                        .set(Endpoint::conditions, conditions)
                        .set(Endpoint::nodeName, node)
                        .done();
        noun.with(it -> Edit.of(it).change(EndpointSlice::endpoints, k -> plus(k, made)).done());
        return this;
    }

    public EndpointSlice build() {
        return noun.build();
    }

    private static <T> List<T> plus(List<T> known, T more) {
        var all = new ArrayList<>(known);
        all.add(more);
        return List.copyOf(all);
    }
}
