package io.coxswain.kubelet.pods;

import io.coxswain.api.core.Pod;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.runtime.Namespaces;
import io.coxswain.kubelet.runtime.SandboxStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides what has to happen for one pod. Pure.
///
/// The order of decisions is upstream's: a pod that ends is only killed; without a usable sandbox
/// everything starts over in a new one; init containers and sidecars come in turn; only then the
/// regular containers.
public final class PodPlanner {

    private PodPlanner() {}

    public static PodPlan plan(PodView view, Instant now) {
        var draft = new PlanDraft(view, now);
        if (view.ending() != null) {
            return EndingPlanner.plan(draft, view.ending());
        }
        var sandbox = view.state().activeSandbox();
        if (sandbox == null || unusable(view, sandbox)) {
            return newSandbox(draft, view);
        }
        ContainerPlanner.ephemeral(draft);
        var progress = ContainerPlanner.init(draft);
        switch (progress) {
            case WAITING -> {}
            case FAILED -> draft.endAll();
            case DONE -> {
                if (!ContainerPlanner.regular(draft)) {
                    draft.endAll();
                }
            }
        }
        var deadline = Ending.activeDeadline(view.pod());
        if (deadline != null) {
            draft.again(deadline);
        }
        return draft.done();
    }

    /// Two ready sandboxes, one of the wrong network, or one that has lost its address.
    private static boolean unusable(PodView view, SandboxStatus sandbox) {
        if (view.state().readySandboxes().size() > 1) {
            return true;
        }
        var host = view.pod().spec().hostNetwork();
        if (host != (sandbox.network() == Namespaces.Mode.NODE)) {
            return true;
        }
        return !host && sandbox.ips().isEmpty();
    }

    private static PodPlan newSandbox(PlanDraft draft, PodView view) {
        var pod = view.pod();
        var state = view.state();
        var first = state.sandboxes().isEmpty() && state.containers().isEmpty();
        if (!first && !worthAnotherSandbox(pod, state)) {
            draft.endAll();
            return draft.done();
        }
        if (state.anyRunning()) {
            draft.killEverything("Pod sandbox changed, it will be killed and re-created.");
            return draft.done();
        }
        draft.createSandbox(nextAttempt(state));
        var init = PodContainer.init(pod);
        if (!init.isEmpty()) {
            draft.startAnew(init.getFirst());
            return draft.done();
        }
        for (var container : toRunIn(pod, state)) {
            draft.startAnew(container);
        }
        return draft.done();
    }

    private static int nextAttempt(PodRuntimeState state) {
        return state.sandboxes().stream()
                        .mapToInt(status -> status.sandbox().pod().attempt())
                        .max()
                        .orElse(-1)
                + 1;
    }

    /// A pod whose work is done does not get a new sandbox to rest in.
    private static boolean worthAnotherSandbox(Pod pod, PodRuntimeState state) {
        if (pod.spec().restartPolicy().equals("Never") && !state.containers().isEmpty()) {
            return pod.spec().containers().stream()
                    .anyMatch(c -> !c.restartPolicyRules().isEmpty() || c.restartPolicy() != null);
        }
        return !toRunIn(pod, state).isEmpty();
    }

    /// The regular containers that still have something to do.
    private static List<PodContainer> toRunIn(Pod pod, PodRuntimeState state) {
        return PodContainer.regular(pod).stream()
                .filter(container -> hasWork(pod, container, state.latest(container.name())))
                .toList();
    }

    private static boolean hasWork(
            Pod pod, PodContainer container, @Nullable ObservedContainer last) {
        return last == null
                || !last.exited()
                || Restarts.afterExit(pod, container, last.status().exitCode());
    }
}
