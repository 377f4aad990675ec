package io.coxswain.api.resource;

import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// The names of drivers, pools, devices, attributes and requests, and rules of lists that several
/// kinds of this group share.
final class DeviceNames {

    private static final int DRIVER_MAX = 63;
    private static final int POOL_MAX = 253;
    private static final int DOMAIN_MAX = 63;
    private static final int ID_MAX = 32;

    private DeviceNames() {}

    static void driver(String name, FieldErrors errors) {
        if (name.isEmpty()) {
            errors.required("");
            return;
        }
        if (name.length() > DRIVER_MAX) {
            errors.tooLong(DRIVER_MAX);
        }
        errors.invalid(name, Names.subdomain(name.toLowerCase(Locale.ROOT)));
    }

    /// DNS subdomains with slashes between them.
    static void pool(String name, FieldErrors errors) {
        if (name.isEmpty()) {
            errors.required("");
            return;
        }
        if (name.length() > POOL_MAX) {
            errors.tooLong(POOL_MAX);
        }
        for (var part : name.split("/", -1)) {
            errors.invalid(part, Names.subdomain(part));
        }
    }

    static void requiredLabel(String name, FieldErrors errors) {
        if (name.isEmpty()) {
            errors.required("");
            return;
        }
        errors.invalid(name, Names.label(name));
    }

    static void label(String name, FieldErrors errors) {
        errors.invalid(name, Names.label(name));
    }

    static void deviceClass(String name, FieldErrors errors) {
        if (name.isEmpty()) {
            errors.required("");
            return;
        }
        errors.invalid(name, Names.subdomain(name));
    }

    /// `id` or `domain/id`, as attributes and capacities are called.
    static void qualified(String name, FieldErrors errors) {
        if (name.isEmpty()) {
            errors.required("name required");
            return;
        }
        var parts = name.split("/", -1);
        switch (parts.length) {
            case 1 -> id(parts[0], errors);
            case 2 -> {
                if (parts[0].isEmpty()) {
                    errors.required("the domain must not be empty");
                } else {
                    domain(parts[0], errors);
                }
                if (parts[1].isEmpty()) {
                    errors.required("the name must not be empty");
                } else {
                    id(parts[1], errors);
                }
            }
            default ->
                    errors.invalid(
                            name,
                            "a fully qualified name must be a domain and a name separated by a slash");
        }
    }

    static void fullyQualified(String name, FieldErrors errors) {
        qualified(name, errors);
        if (!name.isEmpty() && !name.contains("/")) {
            errors.invalid(name, "must include a domain");
        }
    }

    private static void domain(String domain, FieldErrors errors) {
        if (domain.length() > DOMAIN_MAX) {
            errors.tooLong(DOMAIN_MAX);
        }
        errors.invalid(domain, Names.subdomain(domain));
    }

    private static void id(String id, FieldErrors errors) {
        if (id.length() > ID_MAX) {
            errors.tooLong(ID_MAX);
        }
        if (!id.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            errors.invalid(
                    id,
                    "a valid C identifier must start with alphabetic character or '_', followed by"
                            + " a string of alphanumeric characters or '_' (e.g. 'my_name',  or"
                            + " 'MY_NAME',  or 'MyName', regex used for validation is"
                            + " '[A-Za-z_][A-Za-z0-9_]*')");
        }
    }

    /// Each item by its own rule; none twice; no more than `max`.
    static <T> void set(
            List<T> items,
            int max,
            Function<T, Object> key,
            BiConsumer<T, FieldErrors> rule,
            FieldErrors errors) {
        list(items, max, rule, errors);
        var seen = new HashSet<>();
        for (var i = 0; i < items.size(); i++) {
            var value = key.apply(items.get(i));
            if (!seen.add(value)) {
                errors.at(i).duplicate(value);
            }
        }
    }

    static <T> void list(
            List<T> items, int max, BiConsumer<T, FieldErrors> rule, FieldErrors errors) {
        for (var i = 0; i < items.size(); i++) {
            rule.accept(items.get(i), errors.at(i));
        }
        if (items.size() > max) {
            errors.tooMany(items.size(), max);
        }
    }
}
