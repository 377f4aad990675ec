package io.coxswain.api.core.rules;

import io.coxswain.api.core.Service;
import io.coxswain.api.core.Service.ClientIPConfig;
import io.coxswain.api.core.Service.ServicePort;
import io.coxswain.api.core.Service.ServiceSpec;
import io.coxswain.api.core.Service.SessionAffinityConfig;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.IntOrString;
import java.util.List;

/// What a Service means when it says nothing, and what goes when its type changes. Addresses and
/// node ports are allocated by the API server.
public final class ServiceRules {

    private static final int AFFINITY_SECONDS = 10800;

    private ServiceRules() {}

    public static Service withDefaults(Service service) {
        var spec = service.spec();
        var type = spec.type().isEmpty() ? "ClusterIP" : spec.type();
        var edit =
                Edit.of(spec)
                        .set(ServiceSpec::type, type)
                        .set(
                                ServiceSpec::sessionAffinity,
                                spec.sessionAffinity().isEmpty() ? "None" : spec.sessionAffinity())
                        .set(ServiceSpec::ports, Edit.each(spec.ports(), ServiceRules::port));
        affinity(spec, edit);
        if (outside(type, spec) && spec.externalTrafficPolicy().isEmpty()) {
            edit.set(ServiceSpec::externalTrafficPolicy, "Cluster");
        }
        if (spec.internalTrafficPolicy() == null && !type.equals("ExternalName")) {
            edit.set(ServiceSpec::internalTrafficPolicy, "Cluster");
        }
        if (type.equals("LoadBalancer") && spec.allocateLoadBalancerNodePorts() == null) {
            edit.set(ServiceSpec::allocateLoadBalancerNodePorts, true);
        }
        return Edit.with(service, Service::spec, edit.done());
    }

    /// The first of `clusterIPs` and `clusterIP` are one field under two names.
    public static Service withOneClusterIp(Service service) {
        var spec = service.spec();
        if (!spec.clusterIP().isEmpty() && spec.clusterIPs().isEmpty()) {
            return withIps(service, spec.clusterIP(), List.of(spec.clusterIP()));
        }
        return service;
    }

    /// Carries the allocated values over, and drops those that the new type does not have.
    public static Service prepareForUpdate(Service old, Service updated) {
        var kept = withIpsOf(old, updated);
        var spec = ServiceTypeChange.apply(old.spec(), kept.spec());
        return withStatusAddresses(old, Edit.with(kept, Service::spec, spec));
    }

    /// Whether clients outside the cluster can reach it.
    static boolean outside(String type, ServiceSpec spec) {
        return type.equals("NodePort")
                || type.equals("LoadBalancer")
                || (type.equals("ClusterIP") && !spec.externalIPs().isEmpty());
    }

    private static Service withIpsOf(Service old, Service updated) {
        var before = old.spec();
        var after = updated.spec();
        if (after.type().equals("ExternalName") || before.type().equals("ExternalName")) {
            return withOneClusterIp(updated);
        }
        if (after.clusterIP().isEmpty() && after.clusterIPs().isEmpty()) {
            return withIps(updated, before.clusterIP(), before.clusterIPs());
        }
        if (!after.clusterIP().equals(before.clusterIP())
                && after.clusterIPs().equals(before.clusterIPs())) {
            // Only the older of the two fields was changed.
            return after.clusterIP().isEmpty()
                    ? withIps(updated, "", List.of())
                    : withIps(updated, after.clusterIP(), List.of(after.clusterIP()));
        }
        return withOneClusterIp(updated);
    }

    private static Service withStatusAddresses(Service old, Service updated) {
        if (updated.spec().type().equals("LoadBalancer")
                || !old.spec().type().equals("LoadBalancer")) {
            return updated;
        }
        return Edit.with(
                updated,
                Service::status,
                Edit.with(
                        updated.status(),
                        Service.ServiceStatus::loadBalancer,
                        new Service.LoadBalancerStatus(List.of())));
    }

    private static Service withIps(Service service, String first, List<String> all) {
        return Edit.with(
                service,
                Service::spec,
                Edit.of(service.spec())
                        .set(ServiceSpec::clusterIP, first)
                        .set(ServiceSpec::clusterIPs, all)
                        .done());
    }

    private static void affinity(ServiceSpec spec, Edit<ServiceSpec> edit) {
        if (!spec.sessionAffinity().equals("ClientIP")) {
            if (spec.sessionAffinity().isEmpty() || spec.sessionAffinity().equals("None")) {
                edit.set(ServiceSpec::sessionAffinityConfig, null);
            }
            return;
        }
        var config = spec.sessionAffinityConfig();
        var client = config == null ? null : config.clientIP();
        if (client == null || client.timeoutSeconds() == null) {
            edit.set(
                    ServiceSpec::sessionAffinityConfig,
                    new SessionAffinityConfig(new ClientIPConfig(AFFINITY_SECONDS)));
        }
    }

    private static ServicePort port(ServicePort port) {
        var edit = Edit.of(port);
        if (port.protocol().isEmpty()) {
            edit.set(ServicePort::protocol, "TCP");
        }
        if (port.targetPort().equals(IntOrString.of(0))
                || port.targetPort().equals(IntOrString.of(""))) {
            edit.set(ServicePort::targetPort, IntOrString.of(port.port()));
        }
        return edit.done();
    }
}
