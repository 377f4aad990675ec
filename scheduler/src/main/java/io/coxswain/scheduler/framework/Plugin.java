package io.coxswain.scheduler.framework;

import java.util.Set;

/// A rule of scheduling. What it implements says at which steps it is asked.
public interface Plugin {

    /// The name that configurations and messages use.
    default String name() {
        return getClass().getSimpleName();
    }

    /// What may make a pod fit that this plugin has turned away.
    default Set<ClusterEvent> wakesOn() {
        return Set.of();
    }
}
