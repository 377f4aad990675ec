package io.coxswain.apiserver.openapi;

import io.coxswain.api.schema.RecordType.Component;
import java.util.Locale;

/// What `kubectl explain` says about types and fields. Until the texts are written (issue 3), a
/// field is described by its own name in words: `terminationGracePeriodSeconds` → "Termination
/// grace period seconds".
final class Descriptions {

    private Descriptions() {}

    static String of(Class<?> type) {
        return words(type.getSimpleName()) + ".";
    }

    static String of(Component component) {
        return words(component.name()) + ".";
    }

    private static String words(String name) {
        var spaced =
                name.replaceAll("([a-z0-9])([A-Z])", "$1 $2")
                        .replaceAll("([A-Z]+)([A-Z][a-z])", "$1 $2")
                        .replace("_", "");
        return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
    }
}
