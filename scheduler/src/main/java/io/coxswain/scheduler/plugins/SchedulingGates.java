package io.coxswain.scheduler.plugins;

import static java.util.stream.Collectors.joining;

import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec.PodSchedulingGate;
import io.coxswain.scheduler.framework.ClusterEvent;
import io.coxswain.scheduler.framework.GatePlugin;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Holds a pod back until somebody has removed all of its scheduling gates.
public final class SchedulingGates implements GatePlugin {

    @Override
    public @Nullable String closedTo(Pod pod) {
        var gates = pod.spec().schedulingGates();
        if (gates.isEmpty()) {
            return null;
        }
        return gates.stream()
                .map(PodSchedulingGate::name)
                .collect(joining(" ", "waiting for scheduling gates: [", "]"));
    }

    @Override
    public Set<ClusterEvent> wakesOn() {
        return Set.of(ClusterEvent.POD_CHANGED);
    }
}
