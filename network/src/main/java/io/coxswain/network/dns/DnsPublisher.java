package io.coxswain.network.dns;

import io.coxswain.api.core.Node;
import io.coxswain.api.core.Service;
import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Registration;
import io.coxswain.client.controller.Registration.NamespacedName;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Keeps the Service `kube-dns` and, for each node that says it answers, the slice that leads
/// there.
///
/// A node only annotates itself; nobody but this controller writes what all pods ask for names. A
/// node that is not ready is not asked. A `kube-dns` with a selector is somebody else's and is left
/// alone.
public final class DnsPublisher implements Controller<Node> {

    private final String serviceAddress;

    private DnsPublisher(String serviceAddress) {
        this.serviceAddress = serviceAddress;
    }

    /// @param serviceAddress what pods ask: the tenth address of the service CIDR
    public static Registration<Node> registration(String serviceAddress) {
        return Registration.of("cluster-dns", Node.class, new DnsPublisher(serviceAddress))
                .watches(Service.class, DnsPublisher::ofService)
                .watches(EndpointSlice.class, DnsPublisher::ofSlice);
    }

    @Override
    public Plan reconcile(Node node, View view) {
        var service = view.find(Service.class, DnsObjects.NAMESPACE, DnsObjects.NAME);
        if (service != null && !service.spec().selector().isEmpty()) {
            return Plan.NOTHING;
        }
        var wanted = DnsObjects.slice(node);
        var present =
                view.find(
                        EndpointSlice.class,
                        DnsObjects.NAMESPACE,
                        DnsObjects.sliceName(node.name()));
        if (wanted == null) {
            return present == null ? Plan.NOTHING : Plan.of(Step.delete(present));
        }
        var plan =
                service == null
                        ? Plan.of(new Step.Create(DnsObjects.service(serviceAddress), true))
                        : Plan.NOTHING;
        return plan.then(keep(present, wanted));
    }

    private static Plan keep(@Nullable EndpointSlice present, EndpointSlice wanted) {
        if (present == null) {
            return Plan.of(Step.create(wanted));
        }
        return present.ports().equals(wanted.ports())
                        && present.endpoints().equals(wanted.endpoints())
                ? Plan.NOTHING
                : Plan.of(
                        Step.update(
                                Edit.with(wanted, EndpointSlice::metadata, present.metadata())));
    }

    @Override
    public Plan gone(String namespace, String name, View view) {
        var slice =
                view.find(EndpointSlice.class, DnsObjects.NAMESPACE, DnsObjects.sliceName(name));
        return slice == null ? Plan.NOTHING : Plan.of(Step.delete(slice));
    }

    private static Stream<NamespacedName> ofService(Service service, View view) {
        return service.name().equals(DnsObjects.NAME)
                        && service.namespace().equals(DnsObjects.NAMESPACE)
                ? view.all(Node.class).map(NamespacedName::of)
                : Stream.empty();
    }

    private static Stream<NamespacedName> ofSlice(EndpointSlice slice, View view) {
        return DnsObjects.ours(slice)
                ? Stream.of(
                        new NamespacedName(
                                "", slice.name().substring(DnsObjects.sliceName("").length())))
                : Stream.empty();
    }
}
