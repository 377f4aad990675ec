package io.coxswain.api.core.rules;

import io.coxswain.api.core.Endpoints;
import io.coxswain.api.core.Endpoints.EndpointAddress;
import io.coxswain.api.core.Endpoints.EndpointPort;
import io.coxswain.api.core.Endpoints.EndpointSubset;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Addresses;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Values;
import java.util.List;

/// The defaults and rules of Endpoints.
public final class EndpointsValidation {

    private EndpointsValidation() {}

    public static Endpoints withDefaults(Endpoints endpoints) {
        return Edit.with(
                endpoints,
                Endpoints::subsets,
                Edit.each(
                        endpoints.subsets(),
                        subset ->
                                Edit.with(
                                        subset,
                                        EndpointSubset::ports,
                                        Edit.each(subset.ports(), EndpointsValidation::port))));
    }

    public static void check(Endpoints endpoints, FieldErrors errors) {
        for (var i = 0; i < endpoints.subsets().size(); i++) {
            subset(endpoints.subsets().get(i), errors.at("subsets").at(i));
        }
    }

    private static EndpointPort port(EndpointPort port) {
        return port.protocol().isEmpty() ? Edit.with(port, EndpointPort::protocol, "TCP") : port;
    }

    private static void subset(EndpointSubset subset, FieldErrors errors) {
        if (subset.addresses().isEmpty() && subset.notReadyAddresses().isEmpty()) {
            errors.required("must specify `addresses` or `notReadyAddresses`");
        }
        addresses(subset.addresses(), errors.at("addresses"));
        addresses(subset.notReadyAddresses(), errors.at("notReadyAddresses"));
        var many = subset.ports().size() > 1;
        for (var i = 0; i < subset.ports().size(); i++) {
            var port = subset.ports().get(i);
            var at = errors.at("ports").at(i);
            if (port.name().isEmpty()) {
                if (many) {
                    at.at("name").required("");
                }
            } else {
                at.at("name").invalid(port.name(), Names.label(port.name()));
            }
            Values.port(port.port(), at.at("port"));
            Values.requiredOneOf(port.protocol(), Values.PROTOCOLS, at.at("protocol"));
        }
    }

    private static void addresses(List<EndpointAddress> addresses, FieldErrors errors) {
        for (var i = 0; i < addresses.size(); i++) {
            var address = addresses.get(i);
            var at = errors.at(i);
            Addresses.ip(address.ip(), at.at("ip"));
            if (Addresses.parse(address.ip()) == null) {
                // Two rules find the same fault.
                at.at("ip").invalid(address.ip(), "must be a valid IP address");
            }
            Addresses.endpointIp(address.ip(), at.at("ip"));
            if (!address.hostname().isEmpty()) {
                at.at("hostname").invalid(address.hostname(), Names.label(address.hostname()));
            }
            if (address.nodeName() != null) {
                at.at("nodeName").invalid(address.nodeName(), Names.subdomain(address.nodeName()));
            }
        }
    }
}
