package io.coxswain.kubelet.containers;

import io.coxswain.api.core.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The environment variables by which containers find services (`WEB_SERVICE_HOST`, …).
final class ServiceVariables {

    private static final String MASTER_NAMESPACE = "default";
    private static final String MASTER = "kubernetes";

    private ServiceVariables() {}

    /// The variables of the API's own service, and with `links` those of all in the namespace.
    static Map<String, String> of(ApiObjects objects, String namespace, boolean links) {
        var variables = new LinkedHashMap<String, String>();
        for (var service : objects.services(MASTER_NAMESPACE)) {
            if (service.name().equals(MASTER)) {
                add(variables, service);
            }
        }
        if (links) {
            objects.services(namespace).forEach(service -> add(variables, service));
        }
        return variables;
    }

    private static void add(Map<String, String> variables, Service service) {
        var ip = service.spec().clusterIP();
        var ports = service.spec().ports();
        if (ip.isEmpty() || ip.equals("None") || ports.isEmpty()) {
            return;
        }
        var name = variable(service.name());
        variables.put(name + "_SERVICE_HOST", ip);
        variables.put(name + "_SERVICE_PORT", Integer.toString(ports.getFirst().port()));
        for (var port : ports) {
            if (!port.name().isEmpty()) {
                variables.put(
                        name + "_SERVICE_PORT_" + variable(port.name()),
                        Integer.toString(port.port()));
            }
        }
        addLinks(variables, name, ip, ports);
    }

    /// As Docker's links named them.
    private static void addLinks(
            Map<String, String> variables,
            String name,
            String ip,
            List<Service.ServicePort> ports) {
        var first = true;
        for (var port : ports) {
            var protocol = port.protocol().isEmpty() ? "TCP" : port.protocol();
            var url =
                    protocol.toLowerCase(Locale.ROOT)
                            + "://"
                            + (ip.contains(":") ? "[" + ip + "]" : ip)
                            + ":"
                            + port.port();
            if (first) {
                variables.put(name + "_PORT", url);
                first = false;
            }
            var prefix = name + "_PORT_" + port.port() + "_" + protocol.toUpperCase(Locale.ROOT);
            variables.put(prefix, url);
            variables.put(prefix + "_PROTO", protocol.toLowerCase(Locale.ROOT));
            variables.put(prefix + "_PORT", Integer.toString(port.port()));
            variables.put(prefix + "_ADDR", ip);
        }
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
