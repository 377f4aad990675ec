package io.coxswain.apiserver.authorization;

import io.coxswain.api.core.Container.EnvFromSource;
import io.coxswain.api.core.Container.EnvVar;
import io.coxswain.api.core.PodSpec;
import java.util.List;
import java.util.stream.Stream;

/// The Secrets or ConfigMaps that the environments of a pod's containers are made from.
public final class EnvironmentReferences {

    private EnvironmentReferences() {}

    /// @param resource `secrets` or `configmaps`
    public static Stream<String> of(PodSpec spec, String resource) {
        var secrets = resource.equals("secrets");
        var containers = Stream.concat(spec.initContainers().stream(), spec.containers().stream());
        var lasting =
                containers.flatMap(
                        container -> names(container.env(), container.envFrom(), secrets));
        var passing =
                spec.ephemeralContainers().stream()
                        .flatMap(container -> names(container.env(), container.envFrom(), secrets));
        return Stream.concat(lasting, passing);
    }

    private static Stream<String> names(
            List<EnvVar> env, List<EnvFromSource> from, boolean secrets) {
        return Stream.concat(
                env.stream().flatMap(one -> name(one, secrets)),
                from.stream().flatMap(one -> name(one, secrets)));
    }

    private static Stream<String> name(EnvVar env, boolean secrets) {
        var from = env.valueFrom();
        if (from == null) {
            return Stream.empty();
        }
        var secret = from.secretKeyRef();
        var configMap = from.configMapKeyRef();
        if (secrets) {
            return secret == null ? Stream.empty() : Stream.of(secret.name());
        }
        return configMap == null ? Stream.empty() : Stream.of(configMap.name());
    }

    private static Stream<String> name(EnvFromSource from, boolean secrets) {
        var secret = from.secretRef();
        var configMap = from.configMapRef();
        if (secrets) {
            return secret == null ? Stream.empty() : Stream.of(secret.name());
        }
        return configMap == null ? Stream.empty() : Stream.of(configMap.name());
    }
}
