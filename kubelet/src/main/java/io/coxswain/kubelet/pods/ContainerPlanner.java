package io.coxswain.kubelet.pods;

import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pod.PodContainer.Role;
import io.coxswain.kubelet.probes.ProbeResults.Verdict;
import io.coxswain.kubelet.probes.ProbeType;
import org.jspecify.annotations.Nullable;

/// Decides which containers of a pod with a usable sandbox start, end or start again.
final class ContainerPlanner {

    /// How far the init containers have come.
    enum Progress {
        WAITING,
        DONE,
        FAILED
    }

    private ContainerPlanner() {}

    static void ephemeral(PlanDraft draft) {
        for (var container : PodContainer.ephemeral(draft.pod())) {
            if (draft.state().latest(container.name()) == null) {
                draft.start(container, null);
            }
        }
    }

    /// Starts what is next in turn; keeps sidecars running from their turn on.
    static Progress init(PlanDraft draft) {
        var initialized = anyRegularMade(draft);
        for (var container : PodContainer.init(draft.pod())) {
            var current = draft.state().active(container.name());
            var progress =
                    container.role() == Role.SIDECAR
                            ? sidecar(draft, container, current)
                            : initialized ? Progress.DONE : inTurn(draft, container, current);
            if (progress != Progress.DONE && !initialized) {
                return progress;
            }
        }
        return Progress.DONE;
    }

    private static boolean anyRegularMade(PlanDraft draft) {
        return draft.pod().spec().containers().stream()
                .anyMatch(container -> draft.state().active(container.name()) != null);
    }

    private static Progress sidecar(
            PlanDraft draft, PodContainer container, @Nullable ObservedContainer current) {
        if (current == null || !current.running()) {
            draft.start(container, draft.state().latest(container.name()));
            return Progress.WAITING;
        }
        var failure = failure(draft, container, current);
        if (failure != null) {
            draft.restart(container, current, failure);
            return Progress.WAITING;
        }
        return started(draft, container, current) ? Progress.DONE : Progress.WAITING;
    }

    private static Progress inTurn(
            PlanDraft draft, PodContainer container, @Nullable ObservedContainer current) {
        if (current == null) {
            draft.startAnew(container);
            return Progress.WAITING;
        }
        if (current.running()) {
            return Progress.WAITING;
        }
        if (current.succeeded()) {
            return Progress.DONE;
        }
        if (!Restarts.wanted(draft.pod(), container, current)) {
            return Progress.FAILED;
        }
        draft.start(container, current);
        return Progress.WAITING;
    }

    /// Whether anything of the regular containers runs or will run.
    static boolean regular(PlanDraft draft) {
        var alive = false;
        for (var container : PodContainer.regular(draft.pod())) {
            alive |= regular(draft, container);
        }
        return alive;
    }

    private static boolean regular(PlanDraft draft, PodContainer container) {
        var last = draft.state().latest(container.name());
        if (last == null || !last.running()) {
            if (!Restarts.wanted(draft.pod(), container, last)) {
                return false;
            }
            draft.start(container, last);
            return true;
        }
        var failure = failure(draft, container, last);
        if (failure == null) {
            return true;
        }
        var restarts = last.differsFrom(container) || Restarts.afterFailure(draft.pod(), container);
        if (restarts) {
            draft.restart(container, last, failure);
        } else {
            draft.kill(container, last, failure.why(), failure.graceSeconds());
        }
        return true;
    }

    /// Why a running container must not go on; null when it may.
    private static @Nullable Failure failure(
            PlanDraft draft, PodContainer container, ObservedContainer current) {
        var grace = Ending.grace(draft.pod());
        if (current.differsFrom(container)) {
            return new Failure("Container " + container.name() + " definition changed", grace);
        }
        for (var type : new ProbeType[] {ProbeType.STARTUP, ProbeType.LIVENESS}) {
            var probe = type.of(container.spec());
            if (probe != null && draft.verdict(current, type) == Verdict.FAILURE) {
                var own = probe.terminationGracePeriodSeconds();
                var name = type == ProbeType.STARTUP ? "startup" : "liveness";
                return new Failure(
                        "Container " + container.name() + " failed " + name + " probe",
                        own == null ? grace : own);
            }
        }
        return null;
    }

    /// The message of the event, without what follows from it, and the time the container gets.
    record Failure(String why, long graceSeconds) {}

    static boolean started(PlanDraft draft, PodContainer container, ObservedContainer current) {
        return container.spec().startupProbe() == null
                || draft.verdict(current, ProbeType.STARTUP) == Verdict.SUCCESS;
    }
}
