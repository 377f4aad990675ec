package io.coxswain.api.core.rules;

import io.coxswain.api.core.ResourceQuota;
import io.coxswain.api.core.ResourceQuota.ResourceQuotaSpec;
import io.coxswain.api.core.ResourceQuota.ScopedResourceSelectorRequirement;
import io.coxswain.api.core.pods.ResourceValidation;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.ResourceNames;
import io.coxswain.api.validation.Values;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules of ResourceQuotas.
public final class QuotaValidation {

    private static final Set<String> SCOPES =
            Set.of(
                    "Terminating",
                    "NotTerminating",
                    "BestEffort",
                    "NotBestEffort",
                    "PriorityClass",
                    "CrossNamespacePodAffinity",
                    "VolumeAttributesClass");

    private QuotaValidation() {}

    public static void check(ResourceQuota quota, FieldErrors errors) {
        amounts(quota.spec().hard(), errors.at("spec").at("hard"));
        scopes(quota.spec(), errors.at("spec").at("scopes"));
        var selector = quota.spec().scopeSelector();
        if (selector != null) {
            for (var rule : selector.matchExpressions()) {
                selector(rule, errors.at("spec").at("scopeSelector").at("matchExpressions"));
            }
        }
    }

    public static void update(ResourceQuota old, ResourceQuota updated, FieldErrors errors) {
        if (!Set.copyOf(old.spec().scopes()).equals(Set.copyOf(updated.spec().scopes()))) {
            errors.at("spec").at("scopes").invalid(updated.spec().scopes(), "field is immutable");
        }
        Values.immutable(
                old.spec().scopeSelector(),
                updated.spec().scopeSelector(),
                errors.at("spec").at("scopeSelector"));
    }

    public static void status(ResourceQuota old, ResourceQuota updated, FieldErrors errors) {
        amounts(updated.status().hard(), errors.at("status").at("hard"));
        amounts(updated.status().used(), errors.at("status").at("used"));
    }

    private static void amounts(Map<String, Quantity> amounts, FieldErrors errors) {
        amounts.forEach((name, amount) -> {
            var at = errors.key(name);
            at.invalid(name, Names.qualified(name));
            if (!name.contains("/") && !ResourceNames.isForQuota(name)) {
                at.invalid(name, "must be a standard resource for quota");
            }
            ResourceValidation.amount(name, amount, ResourceNames.isWhole(name), at);
        });
    }

    private static void scopes(ResourceQuotaSpec spec, FieldErrors errors) {
        var scopes = spec.scopes();
        for (var scope : scopes) {
            if (!SCOPES.contains(scope)) {
                errors.invalid(scopes, "unsupported scope");
                continue;
            }
            for (var resource : spec.hard().keySet()) {
                if (!limits(scope, resource)) {
                    errors.invalid(scopes, "unsupported scope applied to resource");
                }
            }
        }
        conflict(scopes, "BestEffort", "NotBestEffort", errors);
        conflict(scopes, "Terminating", "NotTerminating", errors);
    }

    private static void conflict(List<String> scopes, String a, String b, FieldErrors errors) {
        if (scopes.contains(a) && scopes.contains(b)) {
            errors.invalid(scopes, "conflicting scopes");
        }
    }

    /// Whether a quota with this scope can count the resource.
    private static boolean limits(String scope, String resource) {
        return switch (scope) {
            case "BestEffort" -> resource.equals("pods");
            case "VolumeAttributesClass" ->
                    resource.equals("persistentvolumeclaims")
                            || resource.equals("requests.storage");
            default ->
                    resource.equals("pods")
                            || resource.matches("((requests|limits)\\.)?(cpu|memory)")
                            || resource.startsWith("requests.hugepages-")
                            || resource.startsWith("hugepages-")
                            || resource.contains("ephemeral-storage");
        };
    }

    private static void selector(ScopedResourceSelectorRequirement rule, FieldErrors errors) {
        if (!SCOPES.contains(rule.scopeName())) {
            errors.at("scopeName").invalid(rule.scopeName(), "unsupported scope");
        }
        switch (rule.operator()) {
            case "In", "NotIn" -> {
                if (rule.values().isEmpty()) {
                    errors.at("values")
                            .required(
                                    "must be at least one value when `operator` is 'In' or 'NotIn'"
                                            + " for scope selector");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!rule.values().isEmpty()) {
                    errors.at("values")
                            .invalid(
                                    rule.values(),
                                    "must be no value when `operator` is 'Exists' or"
                                            + " 'DoesNotExist' for scope selector");
                }
            }
            default ->
                    errors.at("operator").invalid(rule.operator(), "not a valid selector operator");
        }
    }
}
