package io.coxswain.api.core.rules;

import io.coxswain.api.core.Service.ServiceSpec;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Addresses;
import io.coxswain.api.validation.Values;
import java.util.HashSet;
import java.util.List;

/// The rules of a Service's addresses and their families.
final class ServiceAddresses {

    private static final List<String> FAMILIES = List.of("IPv4", "IPv6");
    private static final List<String> POLICIES =
            List.of("PreferDualStack", "RequireDualStack", "SingleStack");

    private ServiceAddresses() {}

    static void check(ServiceSpec spec, FieldErrors errors) {
        families(spec, errors);
        clusterIps(spec, errors);
        for (var i = 0; i < spec.externalIPs().size(); i++) {
            var address = spec.externalIPs().get(i);
            var at = errors.at("externalIPs").at(i);
            Addresses.ip(address, at);
            Addresses.endpointIp(address, at);
        }
    }

    static void update(ServiceSpec old, ServiceSpec updated, FieldErrors errors) {
        if (old.type().equals("ExternalName") || updated.type().equals("ExternalName")) {
            return;
        }
        if (!old.clusterIPs().isEmpty()
                && !updated.clusterIPs().isEmpty()
                && !old.clusterIPs().getFirst().equals(updated.clusterIPs().getFirst())) {
            errors.at("clusterIPs").at(0).invalid(updated.clusterIPs(), "may not change once set");
        }
        if (old.ipFamilies().size() > 1
                && updated.ipFamilies().size() > 1
                && !old.ipFamilies().get(1).equals(updated.ipFamilies().get(1))) {
            errors.at("ipFamilies").at(1).invalid(updated.ipFamilies(), "may not change once set");
        }
    }

    private static void families(ServiceSpec spec, FieldErrors errors) {
        var seen = new HashSet<String>();
        for (var i = 0; i < spec.ipFamilies().size(); i++) {
            var family = spec.ipFamilies().get(i);
            Values.oneOf(family, FAMILIES, errors.at("ipFamilies").at(i));
            if (!seen.add(family)) {
                errors.at("ipFamilies").at(i).duplicate(family);
            }
        }
        var policy = spec.ipFamilyPolicy();
        if (policy != null) {
            Values.oneOf(policy, POLICIES, errors.at("ipFamilyPolicy"));
            if (policy.equals("SingleStack")
                    && (spec.ipFamilies().size() > 1 || spec.clusterIPs().size() > 1)) {
                errors.at("ipFamilyPolicy")
                        .invalid(
                                policy,
                                "must be 'RequireDualStack' or 'PreferDualStack' when multiple IP"
                                        + " families are specified");
            }
        }
    }

    private static void clusterIps(ServiceSpec spec, FieldErrors errors) {
        var ips = spec.clusterIPs();
        var at = errors.at("clusterIPs");
        if (spec.clusterIP().isEmpty() && !ips.isEmpty()) {
            at.invalid(ips, "must be empty when `clusterIP` is not specified");
            return;
        }
        if (!ips.isEmpty() && !ips.getFirst().equals(spec.clusterIP())) {
            at.at(0).invalid(ips, "first value must match `clusterIP`");
        }
        if (spec.type().equals("ExternalName")) {
            return;
        }
        for (var i = 0; i < ips.size(); i++) {
            one(spec, i, at.at(i));
        }
        if (ips.size() > 2) {
            at.invalid(ips, "may only hold up to 2 values");
        }
        if (ips.size() == 2 && !ips.contains("None")) {
            var both = ips.stream().filter(Addresses::isIpv6).count() == 1;
            if (!both) {
                at.invalid(ips, "may specify no more than one IP for each IP family");
            }
        }
    }

    private static void one(ServiceSpec spec, int index, FieldErrors errors) {
        var ip = spec.clusterIPs().get(index);
        if (ip.equals("None")) {
            if (index > 0 || spec.clusterIPs().size() > 1) {
                errors.invalid(ip, "'None' must be the first and only value");
            }
            if (!spec.type().equals("ClusterIP")) {
                errors.invalid(ip, "may not be set to 'None' for " + spec.type() + " services");
            }
            return;
        }
        if (Addresses.parse(ip) == null) {
            Addresses.ip(ip, errors);
            return;
        }
        if (index >= spec.ipFamilies().size()) {
            return;
        }
        var family = spec.ipFamilies().get(index);
        var fits = family.equals("IPv6") == Addresses.isIpv6(ip);
        if (!fits && FAMILIES.contains(family)) {
            errors.invalid(
                    ip,
                    "expected an " + family + " value as indicated by `ipFamilies[" + index + "]`");
        }
    }
}
