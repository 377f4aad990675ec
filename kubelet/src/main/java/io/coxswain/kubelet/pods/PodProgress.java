package io.coxswain.kubelet.pods;

import io.coxswain.api.core.Pod;
import io.coxswain.kubelet.pod.BackOff;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pod.Problem;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one worker remembers of its pod between two looks: nothing that the runtime or the API
/// could not tell again, except how long to wait. Shared by the worker and the steps it has set
/// off.
final class PodProgress {

    private final BackOff backOff;
    private final Map<String, Problem> problems = new HashMap<>();
    private final Map<String, Instant> stopping = new HashMap<>();
    private PodRuntimeState state = PodRuntimeState.EMPTY;
    private boolean starting;
    private @Nullable Ending ending;

    PodProgress(BackOff backOff) {
        this.backOff = backOff;
    }

    BackOff backOff() {
        return backOff;
    }

    synchronized PodRuntimeState state() {
        return state;
    }

    synchronized void state(PodRuntimeState seen) {
        state = seen;
        stopping.keySet().removeIf(id -> seen.running().stream().noneMatch(c -> c.id().equals(id)));
    }

    synchronized Map<String, Problem> problems() {
        return Map.copyOf(problems);
    }

    synchronized void problem(String container, Problem problem) {
        problems.put(container, problem);
    }

    /// Takes in why containers wait by plan; true when a container is newly in back-off.
    synchronized boolean waits(String container, Problem problem) {
        return !problem.equals(problems.put(container, problem));
    }

    synchronized void solved(String container) {
        problems.remove(container);
    }

    /// A container is started (again): the next time has to wait longer.
    void begins(Pod pod, PodContainer container, Instant now) {
        var last = state().latest(container.name());
        if (last != null && last.exited()) {
            backOff.next(PodView.backOffKey(pod, container), last.finishedAt(), now);
        }
    }

    synchronized Map<String, Instant> stopping() {
        return Map.copyOf(stopping);
    }

    synchronized void stops(String containerId, Instant deadline) {
        stopping.put(containerId, deadline);
    }

    synchronized boolean starting() {
        return starting;
    }

    synchronized void starting(boolean now) {
        starting = now;
    }

    synchronized @Nullable Ending ending() {
        return ending;
    }

    synchronized void ending(@Nullable Ending decided) {
        ending = decided;
    }
}
