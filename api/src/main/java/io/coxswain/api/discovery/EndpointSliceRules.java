package io.coxswain.api.discovery;

import io.coxswain.api.discovery.EndpointSlice.Endpoint;
import io.coxswain.api.discovery.EndpointSlice.EndpointPort;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Addresses;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The defaults and rules of EndpointSlices.
final class EndpointSliceRules {

    private static final List<String> TYPES = List.of("FQDN", "IPv4", "IPv6");
    private static final int ADDRESSES_MAX = 100;
    private static final int ENDPOINTS_MAX = 1000;
    private static final int PORTS_MAX = 20000;

    private EndpointSliceRules() {}

    static EndpointSlice withDefaults(EndpointSlice slice) {
        return Edit.with(
                slice,
                EndpointSlice::ports,
                slice.ports().stream()
                        .map(port ->
                                new EndpointPort(
                                        Objects.requireNonNullElse(port.name(), ""),
                                        Objects.requireNonNullElse(port.protocol(), "TCP"),
                                        port.port(),
                                        port.appProtocol()))
                        .toList());
    }

    /// The field is from before v1 and cannot be set any more.
    static EndpointSlice withoutTopology(EndpointSlice slice) {
        return Edit.with(
                slice,
                EndpointSlice::endpoints,
                slice.endpoints().stream()
                        .map(e -> Edit.with(e, Endpoint::deprecatedTopology, Map.of()))
                        .toList());
    }

    static void check(EndpointSlice slice, FieldErrors errors) {
        if (slice.addressType().isEmpty()) {
            errors.at("addressType").required("");
        } else {
            Values.oneOf(slice.addressType(), TYPES, errors.at("addressType"));
        }
        if (slice.endpoints().size() > ENDPOINTS_MAX) {
            errors.at("endpoints").tooMany(slice.endpoints().size(), ENDPOINTS_MAX);
        }
        for (var i = 0; i < slice.endpoints().size(); i++) {
            endpoint(slice.endpoints().get(i), slice.addressType(), errors.at("endpoints").at(i));
        }
        ports(slice.ports(), errors.at("ports"));
    }

    static List<String> warnings(EndpointSlice slice, @Nullable EndpointSlice old) {
        return slice.addressType().equals("FQDN")
                ? List.of("spec.addressType: FQDN endpoints are deprecated")
                : List.of();
    }

    private static void endpoint(Endpoint endpoint, String type, FieldErrors errors) {
        var at = errors.at("addresses");
        if (endpoint.addresses().isEmpty()) {
            at.required("must contain at least 1 address");
        }
        if (endpoint.addresses().size() > ADDRESSES_MAX) {
            at.tooMany(endpoint.addresses().size(), ADDRESSES_MAX);
        }
        for (var i = 0; i < endpoint.addresses().size(); i++) {
            address(endpoint.addresses().get(i), type, at.at(i), at);
        }
        var node = endpoint.nodeName();
        if (node != null) {
            errors.at("nodeName").invalid(node, Names.subdomain(node));
        }
        var host = endpoint.hostname();
        if (host != null) {
            errors.at("hostname").invalid(host, Names.label(host));
        }
        var hints = endpoint.hints();
        if (hints != null) {
            var seen = new HashSet<String>();
            for (var i = 0; i < hints.forZones().size(); i++) {
                var zone = hints.forZones().get(i).name();
                var zoneAt = errors.at("hints").at("forZones").at(i).at("name");
                if (!seen.add(zone)) {
                    zoneAt.duplicate(zone);
                }
                zoneAt.invalid(zone, Names.labelValue(zone));
            }
        }
    }

    private static void address(String text, String type, FieldErrors errors, FieldErrors all) {
        switch (type) {
            case "IPv4", "IPv6" -> {
                if (Addresses.parse(text) == null) {
                    Addresses.ip(text, errors);
                    return;
                }
                if (type.equals("IPv6") != Addresses.isIpv6(text)) {
                    all.invalid(text, "must be an " + type + " address");
                }
                Addresses.endpointIp(text, errors);
            }
            case "FQDN" -> errors.invalid(text, Names.subdomain(text));
            default -> {}
        }
    }

    private static void ports(List<EndpointPort> ports, FieldErrors errors) {
        if (ports.size() > PORTS_MAX) {
            errors.tooMany(ports.size(), PORTS_MAX);
        }
        var seen = new HashSet<String>();
        for (var i = 0; i < ports.size(); i++) {
            var port = ports.get(i);
            var at = errors.at(i);
            var name = Objects.requireNonNullElse(port.name(), "");
            if (!name.isEmpty()) {
                at.at("name").invalid(name, Names.label(name));
            }
            if (!seen.add(name)) {
                at.at("name").duplicate(name);
            }
            if (port.protocol() == null) {
                at.at("protocol").required("");
            } else {
                Values.oneOf(port.protocol(), Values.PROTOCOLS, at.at("protocol"));
            }
            if (port.port() != null) {
                Values.port(port.port(), at.at("port"));
            }
            if (port.appProtocol() != null) {
                at.at("appProtocol")
                        .invalid(port.appProtocol(), Names.qualified(port.appProtocol()));
            }
        }
    }
}
