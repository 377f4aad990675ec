package io.coxswain.api.core.pods;

import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.PodSpec.PodResourceClaim;
import io.coxswain.api.core.ResourceRequirements.ResourceClaim;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Names;
import java.util.HashSet;
import java.util.List;

/// The claims on devices that a pod names, and the containers' references to them.
final class ClaimNames {

    private ClaimNames() {}

    static List<String> of(PodSpec spec) {
        return spec.resourceClaims().stream().map(PodResourceClaim::name).toList();
    }

    static void check(PodSpec spec, FieldErrors errors) {
        var seen = new HashSet<String>();
        for (var i = 0; i < spec.resourceClaims().size(); i++) {
            var claim = spec.resourceClaims().get(i);
            check(claim, errors.at(i));
            if (!seen.add(claim.name())) {
                errors.at(i).at("name").duplicate(claim.name());
            }
        }
    }

    /// A container may use only the claims that its pod names.
    static void references(List<ResourceClaim> claims, List<String> names, FieldErrors errors) {
        var seen = new HashSet<String>();
        for (var i = 0; i < claims.size(); i++) {
            var claim = claims.get(i);
            var at = errors.at(i);
            if (claim.name().isEmpty()) {
                at.required("");
                continue;
            }
            if (!seen.add(claim.name() + "/" + claim.request())) {
                at.duplicate(claim.name());
            }
            if (!names.contains(claim.name())) {
                at.notFound(
                        claim.name(),
                        "must be one of the names in pod.spec.resourceClaims"
                                + (names.isEmpty()
                                        ? " which is empty"
                                        : ": " + String.join(", ", names)));
            }
        }
    }

    private static void check(PodResourceClaim claim, FieldErrors errors) {
        if (claim.name().isEmpty()) {
            errors.at("name").required("");
        } else {
            errors.at("name").invalid(claim.name(), Names.label(claim.name()));
        }
        var byName = claim.resourceClaimName();
        var byTemplate = claim.resourceClaimTemplateName();
        if (byName != null && byTemplate != null) {
            errors.invalid(
                    claim,
                    "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be"
                            + " specified");
        }
        if (byName == null && byTemplate == null) {
            errors.invalid(
                    claim, "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
        }
        if (byName != null) {
            errors.at("resourceClaimName").invalid(byName, Names.subdomain(byName));
        }
        if (byTemplate != null) {
            errors.at("resourceClaimTemplateName").invalid(byTemplate, Names.subdomain(byTemplate));
        }
    }
}
