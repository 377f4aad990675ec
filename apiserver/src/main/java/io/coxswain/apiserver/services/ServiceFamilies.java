package io.coxswain.apiserver.services;

import io.coxswain.api.core.Service;
import io.coxswain.api.core.Service.ServiceSpec;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldErrors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which address families a Service has, in a cluster whose Services have IPv4 addresses.
///
/// A headless Service without a selector says nothing about the cluster and may claim both.
final class ServiceFamilies {

    private static final String SINGLE = "SingleStack";
    private static final String REQUIRED = "RequireDualStack";
    private static final List<String> BOTH = List.of("IPv4", "IPv6");

    private ServiceFamilies() {}

    /// Throws Invalid for families that this cluster does not have.
    static ServiceSpec settle(Service service, @Nullable ServiceSpec old) {
        var spec = service.spec();
        var before = old == null || old.type().equals("ExternalName") ? null : old;
        var free = spec.clusterIP().equals("None") && spec.selector().isEmpty();
        var policy = policy(spec, before, free);
        var families = families(spec, before, policy, free);
        check(service, policy, families, free);
        return Edit.of(spec)
                .set(ServiceSpec::ipFamilies, families)
                .set(ServiceSpec::ipFamilyPolicy, policy)
                .done();
    }

    private static String policy(ServiceSpec spec, @Nullable ServiceSpec before, boolean free) {
        var wanted = spec.ipFamilyPolicy();
        if (wanted != null) {
            return wanted;
        }
        var kept = before == null ? null : before.ipFamilyPolicy();
        if (kept != null) {
            return kept;
        }
        return free && spec.ipFamilies().size() != 1 ? REQUIRED : SINGLE;
    }

    private static List<String> families(
            ServiceSpec spec, @Nullable ServiceSpec before, String policy, boolean free) {
        var wanted = spec.ipFamilies();
        if (wanted.isEmpty() && before != null) {
            wanted = before.ipFamilies();
        }
        if (policy.equals(SINGLE)) {
            // From two families to one: the first stays.
            var shrinks =
                    before != null
                            && before.ipFamilies().size() > 1
                            && before.ipFamilies().equals(wanted);
            return wanted.isEmpty() ? List.of("IPv4") : shrinks ? wanted.subList(0, 1) : wanted;
        }
        if (!free) {
            return wanted.isEmpty() ? List.of("IPv4") : wanted;
        }
        return wanted.size() > 1
                ? wanted
                : wanted.equals(List.of("IPv6")) ? List.of("IPv6", "IPv4") : BOTH;
    }

    private static void check(Service service, String policy, List<String> families, boolean free) {
        var errors = new FieldErrors();
        var spec = errors.at("spec");
        if (policy.equals(SINGLE) && families.size() > 1) {
            spec.at("ipFamilyPolicy")
                    .invalid(
                            policy,
                            "must be 'RequireDualStack' or 'PreferDualStack' when multiple IP"
                                    + " families are specified");
        } else if (!free) {
            if (policy.equals(REQUIRED)) {
                spec.at("ipFamilyPolicy")
                        .invalid(policy, "this cluster is not configured for dual-stack services");
            }
            for (var i = 0; i < families.size(); i++) {
                if (!families.get(i).equals("IPv4")) {
                    spec.at("ipFamilies")
                            .at(i)
                            .invalid(families.get(i), "not configured on this cluster");
                }
            }
        }
        if (!errors.isEmpty()) {
            throw Errors.invalid("", "Service", service.name(), errors.all());
        }
    }
}
