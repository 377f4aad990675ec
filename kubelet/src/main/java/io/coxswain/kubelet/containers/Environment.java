package io.coxswain.kubelet.containers;

import io.coxswain.api.core.Container.ConfigMapKeySelector;
import io.coxswain.api.core.Container.EnvFromSource;
import io.coxswain.api.core.Container.EnvVarSource;
import io.coxswain.api.core.Container.SecretKeySelector;
import io.coxswain.api.core.Pod;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pod.StartFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes the environment of a container: `envFrom` first, then `env` in order, each variable able
/// to use those before it; last the services' variables that nobody has set.
final class Environment {

    private static final Duration RETRY = Duration.ofSeconds(10);

    private final ApiObjects objects;
    private final PodFields fields;
    private final ContainerResources resources;

    Environment(ApiObjects objects, PodFields fields, ContainerResources resources) {
        this.objects = objects;
        this.fields = fields;
        this.resources = resources;
    }

    Map<String, String> of(Pod pod, PodContainer container, List<String> podIps)
            throws StartFailure {
        var links = pod.spec().enableServiceLinks();
        var services = ServiceVariables.of(objects, pod.namespace(), links == null || links);
        var result = new LinkedHashMap<String, String>();
        for (var source : container.spec().envFrom()) {
            addAll(result, pod, source);
        }
        for (var variable : container.spec().env()) {
            var from = variable.valueFrom();
            @Nullable String value;
            if (from == null) {
                var known = new LinkedHashMap<>(services);
                known.putAll(result);
                value = Expansion.expand(variable.value(), known);
            } else {
                value = value(pod, container, from, podIps);
            }
            if (value != null) {
                result.put(variable.name(), value);
            }
        }
        services.forEach(result::putIfAbsent);
        return result;
    }

    private void addAll(Map<String, String> result, Pod pod, EnvFromSource source)
            throws StartFailure {
        for (var entry : data(pod, source).entrySet()) {
            var name = source.prefix() + entry.getKey();
            if (!name.contains("=") && name.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
                result.put(name, entry.getValue());
            }
        }
    }

    private Map<String, String> data(Pod pod, EnvFromSource source) throws StartFailure {
        var mapRef = source.configMapRef();
        if (mapRef != null) {
            var map = objects.configMap(pod.namespace(), mapRef.name());
            if (map == null) {
                require(mapRef.optional(), "configmap \"" + mapRef.name() + "\" not found");
                return Map.of();
            }
            return new TreeMap<>(map.data());
        }
        var secretRef = source.secretRef();
        if (secretRef == null) {
            return Map.of();
        }
        var secret = objects.secret(pod.namespace(), secretRef.name());
        if (secret == null) {
            require(secretRef.optional(), "secret \"" + secretRef.name() + "\" not found");
            return Map.of();
        }
        var data = new TreeMap<String, String>();
        secret.data().forEach((key, bytes) -> data.put(key, text(bytes)));
        return data;
    }

    /// Null: an optional source is missing, so the variable is not set.
    private @Nullable String value(
            Pod pod, PodContainer container, EnvVarSource from, List<String> podIps)
            throws StartFailure {
        try {
            if (from.fieldRef() != null) {
                return fields.value(pod, from.fieldRef().fieldPath(), podIps);
            }
            if (from.resourceFieldRef() != null) {
                return resources.field(pod, container, from.resourceFieldRef());
            }
        } catch (IllegalArgumentException e) {
            throw failure(String.valueOf(e.getMessage()));
        }
        if (from.configMapKeyRef() != null) {
            return configMapKey(pod.namespace(), from.configMapKeyRef());
        }
        if (from.secretKeyRef() != null) {
            return secretKey(pod.namespace(), from.secretKeyRef());
        }
        return null;
    }

    private @Nullable String configMapKey(String namespace, ConfigMapKeySelector ref)
            throws StartFailure {
        var map = objects.configMap(namespace, ref.name());
        if (map == null) {
            require(ref.optional(), "configmap \"" + ref.name() + "\" not found");
            return null;
        }
        var value = map.data().get(ref.key());
        if (value == null) {
            require(
                    ref.optional(),
                    "couldn't find key "
                            + ref.key()
                            + " in ConfigMap "
                            + namespace
                            + "/"
                            + ref.name());
        }
        return value;
    }

    private @Nullable String secretKey(String namespace, SecretKeySelector ref)
            throws StartFailure {
        var secret = objects.secret(namespace, ref.name());
        if (secret == null) {
            require(ref.optional(), "secret \"" + ref.name() + "\" not found");
            return null;
        }
        var value = secret.data().get(ref.key());
        if (value == null) {
            require(
                    ref.optional(),
                    "couldn't find key "
                            + ref.key()
                            + " in Secret "
                            + namespace
                            + "/"
                            + ref.name());
            return null;
        }
        return text(value);
    }

    private static void require(@Nullable Boolean optional, String message) throws StartFailure {
        if (optional == null || !optional) {
            throw failure(message);
        }
    }

    private static StartFailure failure(String message) {
        return new StartFailure("CreateContainerConfigError", message, RETRY);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
