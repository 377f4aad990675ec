package io.coxswain.api.core.rules;

import io.coxswain.api.core.Service;
import io.coxswain.api.core.Service.ServicePort;
import io.coxswain.api.core.Service.ServiceSpec;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.api.validation.Addresses;
import io.coxswain.api.validation.MetadataRules;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of Services.
public final class ServiceValidation {

    private static final List<String> TYPES =
            List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    private static final List<String> TRAFFIC = List.of("Cluster", "Local");
    private static final int AFFINITY_SECONDS_MAX = 86400;

    private ServiceValidation() {}

    public static void check(Service service, FieldErrors all) {
        var spec = service.spec();
        var errors = all.at("spec");
        var type = spec.type();
        if (spec.ports().isEmpty() && !headless(spec) && !type.equals("ExternalName")) {
            errors.at("ports").required("");
        }
        if (type.equals("ExternalName")) {
            externalName(spec, errors);
        }
        ports(spec, errors.at("ports"));
        MetadataRules.labels(spec.selector(), errors.at("selector"));
        if (spec.sessionAffinity().isEmpty()) {
            errors.at("sessionAffinity").required("");
        } else {
            Values.oneOf(
                    spec.sessionAffinity(),
                    List.of("ClientIP", "None"),
                    errors.at("sessionAffinity"));
        }
        affinityConfig(spec, errors.at("sessionAffinityConfig"));
        ServiceAddresses.check(spec, errors);
        if (type.isEmpty()) {
            errors.at("type").required("");
        } else {
            Values.oneOf(type, TYPES, errors.at("type"));
        }
        loadBalancer(service, errors);
        traffic(spec, errors);
    }

    public static void update(Service old, Service updated, FieldErrors errors) {
        ServiceAddresses.update(old.spec(), updated.spec(), errors.at("spec"));
        var before = old.spec();
        var after = updated.spec();
        if (before.type().equals("LoadBalancer")
                && after.type().equals("LoadBalancer")
                && before.loadBalancerClass() != null
                && !before.loadBalancerClass().equals(after.loadBalancerClass())) {
            errors.at("spec")
                    .at("loadBalancerClass")
                    .invalid(after.loadBalancerClass(), "may not change once set");
        }
    }

    static boolean headless(ServiceSpec spec) {
        return spec.clusterIP().equals("None");
    }

    private static void externalName(ServiceSpec spec, FieldErrors errors) {
        for (var i = 0; i < spec.clusterIPs().size(); i++) {
            errors.at("clusterIPs").at(i).forbidden("may not be set for ExternalName services");
        }
        var name = spec.externalName();
        if (name.isEmpty()) {
            errors.at("externalName").required("");
            return;
        }
        var text = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        errors.at("externalName").invalid(text, Names.subdomain(text));
    }

    private static void ports(ServiceSpec spec, FieldErrors errors) {
        var names = new HashSet<String>();
        var pairs = new HashSet<String>();
        var nodePorts = new HashSet<String>();
        var many = spec.ports().size() > 1;
        for (var i = 0; i < spec.ports().size(); i++) {
            var port = spec.ports().get(i);
            var at = errors.at(i);
            port(port, many, names, at);
            if (headless(spec)
                    && port.targetPort() instanceof IntOrString.OfInt(var number)
                    && number != port.port()
                    && spec.selector().isEmpty()) {
                at.at("targetPort")
                        .invalid(
                                port.targetPort(),
                                "must be equal to the value of 'port' when clusterIP = None");
            }
            if (!pairs.add(port.protocol() + "/" + port.port())) {
                at.duplicate(key(port));
            }
            nodePort(spec.type(), port, nodePorts, at);
        }
    }

    private static void port(
            ServicePort port, boolean many, Set<String> names, FieldErrors errors) {
        if (port.name().isEmpty()) {
            if (many) {
                errors.at("name").required("");
            }
        } else {
            errors.at("name").invalid(port.name(), Names.label(port.name()));
            if (!names.add(port.name())) {
                errors.at("name").duplicate(port.name());
            }
        }
        Values.port(port.port(), errors.at("port"));
        Values.requiredOneOf(port.protocol(), Values.PROTOCOLS, errors.at("protocol"));
        Values.portOrName(port.targetPort(), errors.at("targetPort"));
        if (port.appProtocol() != null) {
            errors.at("appProtocol")
                    .invalid(port.appProtocol(), Names.qualified(port.appProtocol()));
        }
    }

    private static void nodePort(
            String type, ServicePort port, Set<String> seen, FieldErrors errors) {
        if (port.nodePort() == 0) {
            return;
        }
        if (type.equals("ClusterIP") || type.equals("ExternalName")) {
            errors.at("nodePort").forbidden("may not be used when `type` is '" + type + "'");
        }
        if (!seen.add(port.protocol() + "/" + port.nodePort())) {
            errors.at("nodePort").duplicate(port.nodePort());
        }
    }

    /// What two ports may not have in common.
    private static ServicePort key(ServicePort port) {
        return Edit.of(ServicePort.class)
                .set(ServicePort::protocol, port.protocol())
                .set(ServicePort::port, port.port())
                .done();
    }

    private static void affinityConfig(ServiceSpec spec, FieldErrors errors) {
        var config = spec.sessionAffinityConfig();
        if (spec.sessionAffinity().equals("None")) {
            if (config != null) {
                errors.forbidden("must not be set when session affinity is None");
            }
            return;
        }
        var client = config == null ? null : config.clientIP();
        var seconds = client == null ? null : client.timeoutSeconds();
        if (seconds != null && (seconds <= 0 || seconds > AFFINITY_SECONDS_MAX)) {
            errors.at("clientIP")
                    .at("timeoutSeconds")
                    .invalid(
                            seconds,
                            "must be greater than 0 and less than " + AFFINITY_SECONDS_MAX);
        }
    }

    private static void loadBalancer(Service service, FieldErrors errors) {
        var spec = service.spec();
        var balanced = spec.type().equals("LoadBalancer");
        // The path's capital letter is upstream's.
        var ranges = errors.at("LoadBalancerSourceRanges");
        if (!spec.loadBalancerSourceRanges().isEmpty() && !balanced) {
            ranges.forbidden("may only be used when `type` is 'LoadBalancer'");
        }
        for (var i = 0; i < spec.loadBalancerSourceRanges().size(); i++) {
            Addresses.block(spec.loadBalancerSourceRanges().get(i).strip(), ranges.at(i));
        }
        if (spec.allocateLoadBalancerNodePorts() != null && !balanced) {
            errors.at("allocateLoadBalancerNodePorts")
                    .forbidden("may only be used when `type` is 'LoadBalancer'");
        }
        if (balanced && spec.allocateLoadBalancerNodePorts() == null) {
            errors.at("allocateLoadBalancerNodePorts").required("");
        }
        var kind = spec.loadBalancerClass();
        if (kind != null) {
            errors.at("loadBalancerClass").invalid(kind, Names.qualified(kind));
            if (!balanced) {
                errors.at("loadBalancerClass")
                        .forbidden("may only be used when `type` is 'LoadBalancer'");
            }
        }
    }

    private static void traffic(ServiceSpec spec, FieldErrors errors) {
        var external = spec.externalTrafficPolicy();
        var outside = ServiceRules.outside(spec.type(), spec);
        if (outside) {
            Values.requiredOneOf(external, TRAFFIC, errors.at("externalTrafficPolicy"));
        } else if (!external.isEmpty()) {
            errors.at("externalTrafficPolicy")
                    .invalid(external, "may only be set for externally-accessible services");
        }
        if (spec.healthCheckNodePort() != 0
                && !(spec.type().equals("LoadBalancer") && external.equals("Local"))) {
            errors.at("healthCheckNodePort")
                    .invalid(
                            spec.healthCheckNodePort(),
                            "may only be set when `type` is 'LoadBalancer' and"
                                    + " `externalTrafficPolicy` is 'Local'");
        }
        optional(spec.internalTrafficPolicy(), TRAFFIC, errors.at("internalTrafficPolicy"));
        optional(
                spec.trafficDistribution(),
                List.of("PreferClose", "PreferSameNode", "PreferSameZone"),
                errors.at("trafficDistribution"));
    }

    private static void optional(@Nullable String value, List<String> choices, FieldErrors errors) {
        if (value != null) {
            Values.oneOf(value, choices, errors);
        }
    }
}
