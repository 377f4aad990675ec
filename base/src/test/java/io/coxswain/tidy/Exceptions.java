package io.coxswain.tidy;

import java.util.Map;

/// What may break a rule, and why.
final class Exceptions {

    /// Packages with more than thirty files.
    static final Map<String, String> PACKAGES = Map.of();

    /// Files longer than the limit.
    static final Map<String, String> FILES = Map.of();

    /// Methods and constructors, as `File.method`, that are longer or take more than the limit.
    static final Map<String, String> METHODS = Map.of();

    /// Classes whose names end or begin in a way that usually says nothing.
    static final Map<String, String> NAMES =
            Map.of(
                    "Service", "a kind of Kubernetes",
                    "APIService", "a kind of Kubernetes",
                    "KubernetesService", "the Service named kubernetes",
                    "ControllerManager", "Kubernetes' name for it");

    /// Files that may use what is banned everywhere else, by the end of their path.
    static final Map<String, String> CALLS = Map.of();

    private Exceptions() {}
}
