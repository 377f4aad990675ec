package io.coxswain.tidy;

import java.util.Map;

/// What may break a rule, and why.
final class Exceptions {

    /// Packages with more than thirty files.
    static final Map<String, String> PACKAGES =
            Map.of(
                    "io/coxswain/api/core", "the core group has that many kinds",
                    "io/coxswain/api/schema", "each annotation is a file",
                    "io/coxswain/kubelet/pods", "statuses are to move out");

    /// Files longer than the limit.
    static final Map<String, String> FILES = Map.of();

    /// Methods and constructors, as `File.method`, that are longer or take more than the limit.
    static final Map<String, String> METHODS =
            Map.of(
                    "Registry.admitUpdate", "a write and everything that decides about it",
                    "NodeAgent.start", "wires what one node needs");

    /// Classes whose names end or begin in a way that usually says nothing.
    static final Map<String, String> NAMES =
            Map.of(
                    "Service", "a kind of Kubernetes",
                    "APIService", "a kind of Kubernetes",
                    "KubernetesService", "the Service named kubernetes",
                    "ControllerManager", "Kubernetes' name for it",
                    "Manager", "who owns fields, in Kubernetes' word");

    /// Files that may use what is banned everywhere else, by the end of their path.
    static final Map<String, String> CALLS =
            Map.of(
                    "kubelet/logs/LogReader.java", "a followed log file tells nobody that it grew",
                    "kubelet/probes/HookRunner.java", "a lifecycle hook may be to sleep",
                    "kubelet/node/NodeStarter.java", "a program for real tests, not a test");

    private Exceptions() {}
}
