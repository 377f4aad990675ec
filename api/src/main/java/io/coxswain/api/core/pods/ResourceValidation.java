package io.coxswain.api.core.pods;

import io.coxswain.api.core.ResourceRequirements;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.ResourceNames;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The rules of what containers request and are limited to.
public final class ResourceValidation {

    private ResourceValidation() {}

    static void container(ResourceRequirements resources, List<String> claims, FieldErrors errors) {
        requirements(resources.limits(), resources.requests(), errors);
        ClaimNames.references(resources.claims(), claims, errors.at("claims"));
    }

    static void requirements(
            Map<String, Quantity> limits, Map<String, Quantity> requests, FieldErrors errors) {
        limits.forEach((name, amount) -> amount(name, amount, errors.at("limits").key(name)));
        requests.forEach((name, amount) -> {
            amount(name, amount, errors.at("requests").key(name));
            againstLimit(name, amount, limits, errors);
        });
        var names =
                Stream.of(limits, requests)
                        .flatMap(amounts -> amounts.keySet().stream())
                        .collect(Collectors.toSet());
        if (names.stream().anyMatch(ResourceNames::isHugePages)
                && names.stream().noneMatch(Set.of("cpu", "memory")::contains)) {
            errors.forbidden("HugePages require cpu or memory");
        }
    }

    /// Not negative, and whole where the resource comes only in whole pieces.
    public static void amount(String name, Quantity amount, boolean whole, FieldErrors errors) {
        nonNegative(amount, errors);
        if (whole && amount.amount().remainder(BigDecimal.ONE).signum() != 0) {
            errors.invalid(amount, "must be an integer");
        }
    }

    public static void nonNegative(Quantity amount, FieldErrors errors) {
        if (amount.compareTo(Quantity.ZERO) < 0) {
            errors.invalid(amount, "must be greater than or equal to 0");
        }
    }

    /// The amount of a resource that containers can have.
    public static void amount(String name, Quantity amount, FieldErrors errors) {
        containerResource(name, errors);
        amount(name, amount, ResourceNames.isWhole(name), errors);
    }

    private static void containerResource(String name, FieldErrors errors) {
        errors.invalid(name, Names.qualified(name));
        if (!name.contains("/")) {
            if (!ResourceNames.isStandard(name)) {
                errors.invalid(name, "must be a standard resource type or fully qualified");
            }
            if (!ResourceNames.isForContainers(name)) {
                errors.invalid(name, "must be a standard resource for containers");
            }
            return;
        }
        if (!ResourceNames.isNative(name) && !ResourceNames.isExtended(name)) {
            errors.invalid(name, "doesn't follow extended resource name standard");
        }
    }

    private static void againstLimit(
            String name, Quantity request, Map<String, Quantity> limits, FieldErrors errors) {
        var limit = limits.get(name);
        var overcommit = ResourceNames.isNative(name) && !ResourceNames.isHugePages(name);
        if (limit == null) {
            if (!overcommit) {
                errors.at("limits").required("Limit must be set for non overcommitable resources");
            }
            return;
        }
        if (!overcommit && request.compareTo(limit) != 0) {
            errors.at("requests")
                    .invalid(request, "must be equal to " + name + " limit of " + limit);
            return;
        }
        if (request.compareTo(limit) > 0) {
            errors.at("requests")
                    .invalid(
                            request,
                            "must be less than or equal to " + name + " limit of " + limit);
        }
    }
}
