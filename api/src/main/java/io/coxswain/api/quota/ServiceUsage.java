package io.coxswain.api.quota;

import io.coxswain.api.core.Service;
import io.coxswain.api.schema.Quantity;
import java.util.Map;

/// What Services use: themselves, ports on every node, load balancers.
final class ServiceUsage {

    private static final String NODE_PORTS = "services.nodeports";
    private static final String LOAD_BALANCERS = "services.loadbalancers";

    private ServiceUsage() {}

    static void add(Service service, Map<String, Quantity> usage) {
        var spec = service.spec();
        usage.put("services", Quantity.of(1));
        usage.put(NODE_PORTS, Quantity.ZERO);
        usage.put(LOAD_BALANCERS, Quantity.ZERO);
        switch (spec.type()) {
            case "NodePort" -> usage.put(NODE_PORTS, Quantity.of(spec.ports().size()));
            case "LoadBalancer" -> {
                usage.put(LOAD_BALANCERS, Quantity.of(1));
                var allocated =
                        Boolean.FALSE.equals(spec.allocateLoadBalancerNodePorts())
                                ? spec.ports().stream().filter(port -> port.nodePort() != 0).count()
                                : spec.ports().size();
                usage.put(NODE_PORTS, Quantity.of(allocated));
            }
            default -> {}
        }
    }

    static boolean limits(String limit) {
        return limit.equals(NODE_PORTS) || limit.equals(LOAD_BALANCERS);
    }
}
