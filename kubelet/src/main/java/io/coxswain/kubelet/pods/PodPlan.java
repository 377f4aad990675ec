package io.coxswain.kubelet.pods;

import io.coxswain.kubelet.pod.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What to do for one pod now. Kills may go on beside each other, starts are made in order.
///
/// @param sandboxAttempt the number of the sandbox to make before anything starts; null: none
///     needed
/// @param waiting why containers that should run are not started now, by name
/// @param over nothing of the pod will run any more once the kills are done
/// @param stopSandboxes all containers have ended: the network can be given back
/// @param again when to plan again at the latest, by itself
public record PodPlan(
        @Nullable Integer sandboxAttempt,
        List<Start> starts,
        List<Kill> kills,
        Map<String, Problem> waiting,
        boolean over,
        boolean stopSandboxes,
        @Nullable Instant again) {

    public PodPlan {
        starts = List.copyOf(starts);
        kills = List.copyOf(kills);
        waiting = Map.copyOf(waiting);
    }

    /// Make and start a container, for the `restartCount`-th time after the first.
    public record Start(String container, int restartCount) {}

    /// End a running container.
    ///
    /// @param why the message of the `Killing` event
    public record Kill(String containerId, String container, String why, long graceSeconds) {}

    boolean createsSandbox() {
        return sandboxAttempt != null;
    }

    boolean startsSomething() {
        return createsSandbox() || !starts.isEmpty();
    }
}
