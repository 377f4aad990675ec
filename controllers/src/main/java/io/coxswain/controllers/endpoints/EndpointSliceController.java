package io.coxswain.controllers.endpoints;

import io.coxswain.api.core.Node;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Service;
import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.api.discovery.EndpointSlice.Endpoint;
import io.coxswain.api.discovery.EndpointSlice.EndpointConditions;
import io.coxswain.api.discovery.EndpointSlice.EndpointHints;
import io.coxswain.api.discovery.EndpointSlice.EndpointPort;
import io.coxswain.api.discovery.EndpointSlice.ForNode;
import io.coxswain.api.discovery.EndpointSlice.ForZone;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Registration.NamespacedName;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import io.coxswain.controllers.pods.Owners;
import io.coxswain.controllers.pods.Pods;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes the pods behind each Service into EndpointSlices of at most a hundred endpoints.
///
/// Endpoints with the same address family and the same port numbers share slices. An endpoint stays
/// in the slice it is in, so a change of one pod rewrites one slice.
public final class EndpointSliceController implements Controller<Service> {

    static final String SERVICE = "kubernetes.io/service-name";
    static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
    static final String SELF = "endpointslice-controller.k8s.io";

    private static final String ZONE = "topology.kubernetes.io/zone";

    /// What the endpoints of one slice have in common.
    private record Shape(String family, List<EndpointPort> ports) {}

    @Override
    public Plan reconcile(Service service, View view) {
        if (service.deleting() || !Backends.selects(service)) {
            return Plan.NOTHING;
        }
        var groups = groups(service, view);
        var slices =
                view.in(EndpointSlice.class, service.namespace())
                        .filter(slice -> madeFor(service, slice) && !slice.deleting())
                        .toList();
        var steps = new ArrayList<Step>();
        for (var slice : slices) {
            var shape = new Shape(slice.addressType(), slice.ports());
            if (!groups.containsKey(shape)) {
                steps.add(Step.delete(slice));
            }
        }
        groups.forEach((shape, endpoints) -> {
            var ofShape =
                    slices.stream()
                            .filter(slice ->
                                    shape.equals(new Shape(slice.addressType(), slice.ports())))
                            .toList();
            steps.addAll(
                    new SlicePacking(ofShape, endpoints)
                            .steps(metadata(service), shape.family(), shape.ports()));
        });
        return Plan.of(steps.stream());
    }

    @Override
    public Plan gone(String namespace, String name, View view) {
        // The garbage collector deletes the slices with the Service.
        return Plan.NOTHING;
    }

    /// Wakes the Service that a slice was made for.
    public static Stream<NamespacedName> ofSlice(EndpointSlice slice, View view) {
        var labels = slice.metadata().labels();
        var service = labels.get(SERVICE);
        return service == null || !SELF.equals(labels.get(MANAGED_BY))
                ? Stream.of()
                : Stream.of(new NamespacedName(slice.namespace(), service));
    }

    /// Wakes the Services that select a pod.
    public static Stream<NamespacedName> ofPod(Pod pod, View view) {
        return Backends.keys(pod, view);
    }

    private static boolean madeFor(Service service, EndpointSlice slice) {
        var labels = slice.metadata().labels();
        return service.name().equals(labels.get(SERVICE)) && SELF.equals(labels.get(MANAGED_BY));
    }

    /// The endpoints by shape; a Service without pods keeps one empty slice per family.
    private static Map<Shape, List<Endpoint>> groups(Service service, View view) {
        var groups = new LinkedHashMap<Shape, List<Endpoint>>();
        var pods = Backends.of(service, view).toList();
        for (var family : Backends.families(service)) {
            for (var pod : pods) {
                var address = Backends.address(pod, family);
                if (address != null) {
                    groups.computeIfAbsent(
                                    new Shape(family, ports(service, pod)),
                                    shape -> new ArrayList<>())
                            .add(endpoint(service, pod, address, view));
                }
            }
            if (groups.keySet().stream().noneMatch(shape -> shape.family().equals(family))) {
                groups.put(new Shape(family, List.of()), new ArrayList<>());
            }
        }
        return groups;
    }

    private static List<EndpointPort> ports(Service service, Pod pod) {
        var ports = new ArrayList<EndpointPort>();
        for (var port : service.spec().ports()) {
            var number = Backends.target(port, pod);
            if (number != null) {
                ports.add(
                        new EndpointPort(port.name(), port.protocol(), number, port.appProtocol()));
            }
        }
        return List.copyOf(ports);
    }

    private static Endpoint endpoint(Service service, Pod pod, String address, View view) {
        var serving = Pods.ready(pod);
        var ready = service.spec().publishNotReadyAddresses() || (serving && !pod.deleting());
        var nodeName = pod.spec().nodeName();
        var node = nodeName.isEmpty() ? null : view.find(Node.class, "", nodeName);
        var zone = node == null ? null : node.metadata().labels().get(ZONE);
        return new Endpoint(
                List.of(address),
                new EndpointConditions(ready, serving, pod.deleting()),
                Backends.hostname(service, pod),
                Backends.reference(pod),
                Map.of(),
                nodeName.isEmpty() ? null : nodeName,
                zone,
                ready ? hints(service, nodeName, zone) : null);
    }

    private static @Nullable EndpointHints hints(
            Service service, String node, @Nullable String zone) {
        var wish = service.spec().trafficDistribution();
        if (wish == null || zone == null) {
            return null;
        }
        return switch (wish) {
            case "PreferClose", "PreferSameZone" ->
                    new EndpointHints(List.of(new ForZone(zone)), List.of());
            case "PreferSameNode" ->
                    new EndpointHints(List.of(new ForZone(zone)), List.of(new ForNode(node)));
            default -> null;
        };
    }

    private static ObjectMeta metadata(Service service) {
        var labels = new HashMap<>(Backends.labels(service));
        labels.put(SERVICE, service.name());
        labels.put(MANAGED_BY, SELF);
        return Edit.of(ObjectMeta.class)
                .set(ObjectMeta::generateName, service.name() + "-")
                .set(ObjectMeta::namespace, service.namespace())
                .set(ObjectMeta::labels, Map.copyOf(labels))
                .set(ObjectMeta::ownerReferences, List.of(Owners.controlledBy(service)))
                .done();
    }
}
