package io.coxswain.api.core.rules;

import io.coxswain.api.core.Service.ServicePort;
import io.coxswain.api.core.Service.ServiceSpec;
import io.coxswain.api.schema.Edit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What follows when the type of a Service changes: values that only the old type has go, unless
/// the user changed them too; allocated values that the request left out come back.
final class ServiceTypeChange {

    private final ServiceSpec old;
    private final ServiceSpec updated;
    private final Edit<ServiceSpec> edit;

    private ServiceTypeChange(ServiceSpec old, ServiceSpec updated) {
        this.old = old;
        this.updated = updated;
        this.edit = Edit.of(updated);
    }

    static ServiceSpec apply(ServiceSpec old, ServiceSpec updated) {
        var change = new ServiceTypeChange(old, updated);
        change.addresses();
        change.nodePorts();
        change.loadBalancer();
        return change.edit.done();
    }

    private void addresses() {
        if (external(old) || !external(updated)) {
            return;
        }
        if (old.clusterIPs().equals(updated.clusterIPs())) {
            edit.set(ServiceSpec::clusterIP, "").set(ServiceSpec::clusterIPs, List.of());
        }
        if (old.ipFamilies().equals(updated.ipFamilies())) {
            edit.set(ServiceSpec::ipFamilies, List.of()).set(ServiceSpec::ipFamilyPolicy, null);
        }
        if (Objects.equals(old.internalTrafficPolicy(), updated.internalTrafficPolicy())) {
            edit.set(ServiceSpec::internalTrafficPolicy, null);
        }
    }

    private void nodePorts() {
        var before = portsByKey(old);
        if (!hasNodePorts(updated)) {
            if (hasNodePorts(old) && before.equals(portsByKey(updated))) {
                edit.set(
                        ServiceSpec::ports,
                        updated.ports().stream()
                                .map(port -> Edit.with(port, ServicePort::nodePort, 0))
                                .toList());
            }
            return;
        }
        if (hasNodePorts(old)) {
            edit.set(
                    ServiceSpec::ports,
                    updated.ports().stream()
                            .map(port ->
                                    port.nodePort() != 0
                                            ? port
                                            : Edit.with(
                                                    port,
                                                    ServicePort::nodePort,
                                                    before.getOrDefault(key(port), 0)))
                            .toList());
        }
    }

    private void loadBalancer() {
        if (checksHealth(old)) {
            if (!checksHealth(updated)
                    && old.healthCheckNodePort() == updated.healthCheckNodePort()) {
                edit.set(ServiceSpec::healthCheckNodePort, 0);
            } else if (checksHealth(updated) && updated.healthCheckNodePort() == 0) {
                edit.set(ServiceSpec::healthCheckNodePort, old.healthCheckNodePort());
            }
        }
        if (balanced(old) && !balanced(updated)) {
            if (Objects.equals(
                    old.allocateLoadBalancerNodePorts(), updated.allocateLoadBalancerNodePorts())) {
                edit.set(ServiceSpec::allocateLoadBalancerNodePorts, null);
            }
            if (Objects.equals(old.loadBalancerClass(), updated.loadBalancerClass())) {
                edit.set(ServiceSpec::loadBalancerClass, null);
            }
        }
        if (ServiceRules.outside(old.type(), old)
                && !ServiceRules.outside(updated.type(), updated)
                && old.externalTrafficPolicy().equals(updated.externalTrafficPolicy())) {
            edit.set(ServiceSpec::externalTrafficPolicy, "");
        }
    }

    private static Map<String, Integer> portsByKey(ServiceSpec spec) {
        var ports = new HashMap<String, Integer>();
        spec.ports().forEach(port -> ports.put(key(port), port.nodePort()));
        return ports;
    }

    private static String key(ServicePort port) {
        return port.protocol() + "/" + port.port();
    }

    private static boolean external(ServiceSpec spec) {
        return spec.type().equals("ExternalName");
    }

    private static boolean balanced(ServiceSpec spec) {
        return spec.type().equals("LoadBalancer");
    }

    private static boolean hasNodePorts(ServiceSpec spec) {
        return spec.type().equals("NodePort")
                || (balanced(spec) && !Boolean.FALSE.equals(spec.allocateLoadBalancerNodePorts()));
    }

    private static boolean checksHealth(ServiceSpec spec) {
        return balanced(spec) && spec.externalTrafficPolicy().equals("Local");
    }
}
