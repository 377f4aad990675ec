package io.coxswain.api.core.pods;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Container.EnvFromSource;
import io.coxswain.api.core.Container.EnvVar;
import io.coxswain.api.core.Container.EnvVarSource;
import io.coxswain.api.core.Container.FileKeySelector;
import io.coxswain.api.core.Container.ObjectFieldSelector;
import io.coxswain.api.core.Container.ResourceFieldSelector;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Values;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/// The rules of environment variables and of references to fields and resources of the pod.
final class EnvironmentValidation {

    private static final List<String> FIELDS =
            List.of(
                    "metadata.name",
                    "metadata.namespace",
                    "metadata.uid",
                    "spec.nodeName",
                    "spec.serviceAccountName",
                    "status.hostIP",
                    "status.hostIPs",
                    "status.podIP",
                    "status.podIPs");

    private static final List<String> VOLUME_FIELDS =
            List.of(
                    "metadata.annotations",
                    "metadata.labels",
                    "metadata.name",
                    "metadata.namespace",
                    "metadata.uid");

    private static final List<String> RESOURCES =
            List.of(
                    "limits.cpu",
                    "limits.ephemeral-storage",
                    "limits.memory",
                    "requests.cpu",
                    "requests.ephemeral-storage",
                    "requests.memory");

    private EnvironmentValidation() {}

    static void check(Container container, FieldErrors errors) {
        for (var i = 0; i < container.env().size(); i++) {
            variable(container.env().get(i), errors.at("env").at(i));
        }
        for (var i = 0; i < container.envFrom().size(); i++) {
            from(container.envFrom().get(i), errors.at("envFrom").at(i));
        }
    }

    /// A field that a file of a downward API volume shows.
    static void volumeField(ObjectFieldSelector field, FieldErrors errors) {
        field(field, VOLUME_FIELDS, errors);
    }

    static void resource(ResourceFieldSelector resource, boolean inVolume, FieldErrors errors) {
        if (inVolume && resource.containerName().isEmpty()) {
            errors.at("containerName").required("");
        } else if (resource.resource().isEmpty()) {
            errors.at("resource").required("");
        } else if (!RESOURCES.contains(resource.resource())
                && !resource.resource().matches("(limits|requests)\\.hugepages-.*")) {
            errors.at("resource").notSupported(resource.resource(), RESOURCES);
        }
        divisor(resource, errors.at("divisor"));
    }

    private static void variable(EnvVar variable, FieldErrors errors) {
        if (variable.name().isEmpty()) {
            errors.at("name").required("");
        } else {
            errors.at("name").invalid(variable.name(), Names.envName(variable.name()));
        }
        if (variable.valueFrom() != null) {
            source(variable, variable.valueFrom(), errors.at("valueFrom"));
        }
    }

    private static void source(EnvVar variable, EnvVarSource source, FieldErrors errors) {
        if (source.fieldRef() != null) {
            field(source.fieldRef(), FIELDS, errors.at("fieldRef"));
        }
        if (source.resourceFieldRef() != null) {
            resource(source.resourceFieldRef(), false, errors.at("resourceFieldRef"));
        }
        if (source.configMapKeyRef() != null) {
            var ref = source.configMapKeyRef();
            key(ref.name(), ref.key(), errors.at("configMapKeyRef"));
        }
        if (source.secretKeyRef() != null) {
            var ref = source.secretKeyRef();
            key(ref.name(), ref.key(), errors.at("secretKeyRef"));
        }
        if (source.fileKeyRef() != null) {
            file(source.fileKeyRef(), errors.at("fileKeyRef"));
        }
        var sources =
                Stream.of(
                                source.fieldRef(),
                                source.resourceFieldRef(),
                                source.configMapKeyRef(),
                                source.secretKeyRef(),
                                source.fileKeyRef())
                        .filter(Objects::nonNull)
                        .count();
        if (sources == 0) {
            errors.invalid(
                    "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`,"
                            + " `secretKeyRef` or `fileKeyRef`");
        } else if (!variable.value().isEmpty()) {
            errors.invalid("", "may not be specified when `value` is not empty");
        } else if (sources > 1) {
            errors.invalid("", "may not have more than one field specified at a time");
        }
    }

    private static void key(String name, String key, FieldErrors errors) {
        if (!name.isEmpty()) {
            errors.at("name").invalid(name, Names.subdomain(name));
        }
        if (key.isEmpty()) {
            errors.at("key").required("");
            return;
        }
        errors.at("key").invalid(key, Names.configKey(key));
    }

    private static void file(FileKeySelector file, FieldErrors errors) {
        Values.required(file.volumeName(), errors.at("volumeName"));
        Values.required(file.key(), errors.at("key"));
        if (file.path().isEmpty()) {
            errors.at("path").required("");
            return;
        }
        VolumeValidation.descendingPath(file.path(), errors.at("path"));
    }

    private static void field(
            ObjectFieldSelector field, List<String> supported, FieldErrors errors) {
        if (field.apiVersion().isEmpty()) {
            errors.at("apiVersion").required("");
            return;
        }
        if (field.fieldPath().isEmpty()) {
            errors.at("fieldPath").required("");
            return;
        }
        var path = field.fieldPath();
        var subscript = path.indexOf("['");
        if (subscript >= 0 && path.endsWith("']")) {
            subscript(
                    path.substring(0, subscript),
                    path.substring(subscript + 2, path.length() - 2),
                    errors);
            return;
        }
        if (!supported.contains(path)) {
            errors.at("fieldPath").notSupported(path, supported);
        }
    }

    private static void subscript(String path, String key, FieldErrors errors) {
        switch (path) {
            case "metadata.annotations" ->
                    errors.invalid(key, Names.qualified(key.toLowerCase(Locale.ROOT)));
            case "metadata.labels" -> errors.invalid(key, Names.qualified(key));
            default -> errors.invalid(path, "does not support subscript");
        }
    }

    private static void divisor(ResourceFieldSelector resource, FieldErrors errors) {
        var text = resource.divisor().text();
        if (text.equals("0")) {
            return;
        }
        if (resource.resource().endsWith(".cpu")) {
            if (!List.of("1m", "1").contains(text)) {
                errors.invalid(
                        resource.resource(),
                        "only divisor's values 1m and 1 are supported with the cpu resource");
            }
            return;
        }
        if (!text.matches("1([kMGTPE]|[KMGTPE]i)?")) {
            var kind = resource.resource().replaceFirst("^(limits|requests)\\.", "");
            errors.invalid(
                    resource.resource(),
                    "only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei"
                            + " are supported with the "
                            + kind
                            + " resource");
        }
    }

    private static void from(EnvFromSource source, FieldErrors errors) {
        if (!source.prefix().isEmpty()) {
            errors.at("prefix").invalid(source.prefix(), Names.envName(source.prefix()));
        }
        var configMap = source.configMapRef();
        var secret = source.secretRef();
        if (configMap != null) {
            name(configMap.name(), errors.at("configMapRef").at("name"));
        }
        if (secret != null) {
            name(secret.name(), errors.at("secretRef").at("name"));
        }
        if (configMap == null && secret == null) {
            errors.invalid("", "must specify one of: `configMapRef` or `secretRef`");
        } else if (configMap != null && secret != null) {
            errors.invalid("", "may not have more than one field specified at a time");
        }
    }

    private static void name(String name, FieldErrors errors) {
        if (name.isEmpty()) {
            errors.required("");
            return;
        }
        errors.invalid(name, Names.subdomain(name));
    }
}
