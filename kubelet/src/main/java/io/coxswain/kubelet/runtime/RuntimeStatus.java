package io.coxswain.kubelet.runtime;

import java.util.List;

/// Whether the runtime and the pod network are ready, and which handlers pods may ask for.
public record RuntimeStatus(
        List<Condition> conditions, List<Handler> handlers, boolean supplementalGroupsPolicy) {

    public static final String RUNTIME_READY = "RuntimeReady";
    public static final String NETWORK_READY = "NetworkReady";

    public RuntimeStatus {
        conditions = List.copyOf(conditions);
        handlers = List.copyOf(handlers);
    }

    public boolean runtimeReady() {
        return holds(RUNTIME_READY);
    }

    public boolean networkReady() {
        return holds(NETWORK_READY);
    }

    private boolean holds(String type) {
        return conditions.stream().anyMatch(c -> c.type().equals(type) && c.status());
    }

    /// One condition; reason and message are empty while it holds.
    public record Condition(String type, boolean status, String reason, String message) {}

    /// A runtime handler and what it can do. The default handler's name is empty.
    public record Handler(String name, boolean recursiveReadOnlyMounts, boolean userNamespaces) {}
}
