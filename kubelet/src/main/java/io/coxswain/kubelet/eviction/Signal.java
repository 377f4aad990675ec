package io.coxswain.kubelet.eviction;

/// Something that a node can run short of.
public enum Signal {
    MEMORY("memory", "MemoryPressure"),
    DISK("ephemeral-storage", "DiskPressure"),
    PROCESSES("pids", "PIDPressure");

    private final String resource;
    private final String condition;

    Signal(String resource, String condition) {
        this.resource = resource;
        this.condition = condition;
    }

    /// What messages call it.
    public String resource() {
        return resource;
    }

    /// The condition of the node that says so.
    public String condition() {
        return condition;
    }
}
