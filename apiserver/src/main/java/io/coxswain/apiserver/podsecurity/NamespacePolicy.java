package io.coxswain.apiserver.podsecurity;

import io.coxswain.api.schema.FieldErrors;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the labels of a namespace ask for. A label that makes no sense counts as the strictest.
record NamespacePolicy(Standard enforce, Standard audit, Standard warn) {

    static final String PREFIX = "pod-security.kubernetes.io/";

    /// @param defaults for namespaces that say nothing
    static NamespacePolicy of(Map<String, String> labels, NamespacePolicy defaults) {
        var enforce = standard(labels, "enforce", defaults.enforce);
        // What is refused is worth a warning where it cannot be refused.
        var own = labels.containsKey(PREFIX + "enforce");
        var audit = standard(labels, "audit", own ? enforce : defaults.audit);
        var warn = standard(labels, "warn", own ? enforce : defaults.warn);
        return new NamespacePolicy(enforce, audit, warn);
    }

    /// Whether nothing is refused and nothing warned about.
    boolean allowsAll() {
        return enforce.level() == Level.PRIVILEGED
                && warn.level() == Level.PRIVILEGED
                && audit.level() == Level.PRIVILEGED;
    }

    private static Standard standard(Map<String, String> labels, String mode, Standard otherwise) {
        var text = labels.get(PREFIX + mode);
        var version = labels.get(PREFIX + mode + "-version");
        var level = text == null ? otherwise.level() : Level.of(text);
        var minor = version == null ? Integer.valueOf(otherwise.minor()) : Standard.minor(version);
        if (text == null && version == null) {
            return otherwise;
        }
        return new Standard(
                level == null ? Level.RESTRICTED : level, minor == null ? Standard.LATEST : minor);
    }

    /// What is wrong with the labels.
    static void check(Map<String, String> labels, FieldErrors errors) {
        for (var mode : new String[] {"enforce", "audit", "warn"}) {
            var level = labels.get(PREFIX + mode);
            if (level != null && Level.of(level) == null) {
                report(errors, mode, level, "must be one of privileged, baseline, restricted");
            }
            var version = labels.get(PREFIX + mode + "-version");
            if (version != null && Standard.minor(version) == null) {
                report(errors, mode + "-version", version, "must be \"latest\" or \"v1.x\"");
            }
        }
    }

    private static void report(
            FieldErrors errors, String label, @Nullable String value, String text) {
        errors.at("metadata").at("labels").key(PREFIX + label).invalid(value, text);
    }
}
