package io.coxswain.apiserver.podsecurity;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.FieldErrors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A PodSecurityConfiguration: the standards of namespaces that name none, and whom and what all
/// standards leave alone.
public record PodSecuritySettings(
        NamespacePolicy defaults,
        Set<String> users,
        Set<String> runtimeClasses,
        Set<String> namespaces) {

    private static final List<String> VERSIONS = List.of("v1", "v1beta1", "v1alpha1");

    /// Throws [IllegalArgumentException] with everything that is wrong.
    ///
    /// @param tree empty for no configuration
    public static PodSecuritySettings of(Json.Obj tree) {
        var apiVersion = tree.text("apiVersion");
        var version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        if (!tree.fields().isEmpty()
                && (!apiVersion.startsWith("pod-security.admission.config.k8s.io/")
                        || !VERSIONS.contains(version)
                        || !tree.text("kind").equals("PodSecurityConfiguration"))) {
            throw new IllegalArgumentException(
                    "no kind \""
                            + tree.text("kind")
                            + "\" is registered for version \""
                            + apiVersion
                            + "\"");
        }
        var errors = new FieldErrors();
        var defaults = tree.object("defaults");
        var policy =
                new NamespacePolicy(
                        standard(defaults, "enforce", errors.at("defaults")),
                        standard(defaults, "audit", errors.at("defaults")),
                        standard(defaults, "warn", errors.at("defaults")));
        var exemptions = tree.object("exemptions");
        var settings =
                new PodSecuritySettings(
                        policy,
                        names(exemptions, "usernames", errors.at("exemptions")),
                        names(exemptions, "runtimeClasses", errors.at("exemptions")),
                        names(exemptions, "namespaces", errors.at("exemptions")));
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException(
                    errors.all().stream().map(Object::toString).collect(Collectors.joining(", ")));
        }
        return settings;
    }

    private static Standard standard(Json.Obj defaults, String mode, FieldErrors errors) {
        var text = defaults.text(mode);
        var named = defaults.text(mode + "-version");
        var level = text.isEmpty() ? Level.PRIVILEGED : Level.of(text);
        var minor = named.isEmpty() ? Integer.valueOf(Standard.LATEST) : Standard.minor(named);
        if (level == null) {
            errors.at(mode).invalid(text, "must be one of privileged, baseline, restricted");
        }
        if (minor == null) {
            errors.at(mode + "-version").invalid(named, "must be \"latest\" or \"v1.x\"");
        }
        return level == null || minor == null ? Standard.PRIVILEGED : new Standard(level, minor);
    }

    private static Set<String> names(Json.Obj exemptions, String field, FieldErrors errors) {
        var names = new HashSet<String>();
        var items = exemptions.items(field);
        for (var i = 0; i < items.size(); i++) {
            var name = items.get(i) instanceof Json.Str(var text) ? text : "";
            if (name.isEmpty()) {
                errors.at(field).at(i).invalid(name, "must not be empty");
            } else if (!names.add(name)) {
                errors.at(field).at(i).duplicate(name);
            }
        }
        return Set.copyOf(names);
    }
}
