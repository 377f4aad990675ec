package io.coxswain.controllers.endpoints;

import io.coxswain.api.core.Endpoints;
import io.coxswain.api.core.Endpoints.EndpointAddress;
import io.coxswain.api.core.Endpoints.EndpointPort;
import io.coxswain.api.core.Endpoints.EndpointSubset;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Service;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import io.coxswain.controllers.pods.Pods;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Writes the pods behind each Service into its Endpoints: the older form of EndpointSlices, one
/// object per Service, at most a thousand addresses.
public final class EndpointsController implements Controller<Service> {

    private static final int ADDRESSES_MAX = 1_000;
    private static final String OVER_CAPACITY = "endpoints.kubernetes.io/over-capacity";
    private static final String MANAGED_BY = "endpoints.kubernetes.io/managed-by";

    private static final Comparator<EndpointAddress> BY_ADDRESS =
            Comparator.comparing(EndpointAddress::ip)
                    .thenComparing(address ->
                            address.targetRef() == null ? "" : address.targetRef().uid());

    /// The addresses that have the same ports.
    private static final class Group {
        final List<EndpointAddress> ready = new ArrayList<>();
        final List<EndpointAddress> notReady = new ArrayList<>();
    }

    @Override
    public Plan reconcile(Service service, View view) {
        if (service.deleting() || !Backends.selects(service)) {
            return Plan.NOTHING;
        }
        var all = Backends.of(service, view).filter(pod -> visible(service, pod)).toList();
        var pods = all.subList(0, Math.min(all.size(), ADDRESSES_MAX));
        var subsets = subsets(service, pods);
        var present = view.find(Endpoints.class, service.namespace(), service.name());
        var metadata = metadata(service, present, all.size() > ADDRESSES_MAX);
        var wanted = new Endpoints(metadata, subsets);
        if (present == null) {
            return Plan.of(Step.create(wanted));
        }
        return wanted.equals(present) ? Plan.NOTHING : Plan.of(Step.update(wanted));
    }

    @Override
    public Plan gone(String namespace, String name, View view) {
        var left = view.find(Endpoints.class, namespace, name);
        return left == null || !left.metadata().labels().containsKey(MANAGED_BY)
                ? Plan.NOTHING
                : Plan.of(Step.delete(left));
    }

    private static boolean visible(Service service, Pod pod) {
        return !pod.deleting() || service.spec().publishNotReadyAddresses();
    }

    private static List<EndpointSubset> subsets(Service service, List<Pod> pods) {
        var groups = new LinkedHashMap<List<EndpointPort>, Group>();
        for (var pod : pods) {
            var address = address(service, pod);
            var ports = ports(service, pod);
            if (address == null || (ports.isEmpty() && !service.spec().ports().isEmpty())) {
                continue;
            }
            var group = groups.computeIfAbsent(ports, key -> new Group());
            var ready = service.spec().publishNotReadyAddresses() || Pods.ready(pod);
            (ready ? group.ready : group.notReady).add(address);
        }
        var subsets = new ArrayList<EndpointSubset>();
        groups.forEach((ports, group) ->
                subsets.add(
                        new EndpointSubset(
                                group.ready.stream().sorted(BY_ADDRESS).toList(),
                                group.notReady.stream().sorted(BY_ADDRESS).toList(),
                                ports)));
        return List.copyOf(subsets);
    }

    private static @Nullable EndpointAddress address(Service service, Pod pod) {
        var ip = Backends.address(pod, Backends.families(service).getFirst());
        return ip == null
                ? null
                : new EndpointAddress(
                        ip,
                        Objects.requireNonNullElse(Backends.hostname(service, pod), ""),
                        pod.spec().nodeName().isEmpty() ? null : pod.spec().nodeName(),
                        Backends.reference(pod));
    }

    private static List<EndpointPort> ports(Service service, Pod pod) {
        var ports = new ArrayList<EndpointPort>();
        for (var port : service.spec().ports()) {
            var number = Backends.target(port, pod);
            if (number != null) {
                ports.add(
                        new EndpointPort(port.name(), number, port.protocol(), port.appProtocol()));
            }
        }
        ports.sort(Comparator.comparing(EndpointPort::name).thenComparingInt(EndpointPort::port));
        return List.copyOf(ports);
    }

    private static ObjectMeta metadata(
            Service service, @Nullable Endpoints present, boolean truncated) {
        var labels = new HashMap<>(Backends.labels(service));
        labels.put(MANAGED_BY, "endpoint-controller");
        var base =
                present == null
                        ? Edit.of(ObjectMeta.class)
                                .set(ObjectMeta::name, service.name())
                                .set(ObjectMeta::namespace, service.namespace())
                                .done()
                        : present.metadata();
        var annotations = new HashMap<>(base.annotations());
        annotations.remove(OVER_CAPACITY);
        if (truncated) {
            annotations.put(OVER_CAPACITY, "truncated");
        }
        return Edit.of(base)
                .set(ObjectMeta::labels, Map.copyOf(labels))
                .set(ObjectMeta::annotations, Map.copyOf(annotations))
                .done();
    }
}
