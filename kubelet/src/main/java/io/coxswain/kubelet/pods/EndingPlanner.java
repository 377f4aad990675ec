package io.coxswain.kubelet.pods;

import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pod.PodContainer.Role;

/// Decides how a pod ends: everything at once, but sidecars after the containers they serve, the
/// one that started last first.
final class EndingPlanner {

    private EndingPlanner() {}

    static PodPlan plan(PlanDraft draft, Ending ending) {
        draft.over();
        var grace = ending.secondsLeft(draft.now());
        var others = false;
        for (var running : draft.state().running()) {
            var container = PodContainer.find(draft.pod(), running.name());
            if (container != null && container.role() == Role.SIDECAR && grace > 0) {
                continue;
            }
            others = true;
            draft.kill(running, "Stopping container " + running.name(), grace);
        }
        if (others) {
            return draft.done();
        }
        for (var sidecar : PodContainer.init(draft.pod()).reversed()) {
            var running = draft.state().latest(sidecar.name());
            if (running != null && running.running()) {
                draft.kill(running, "Stopping container " + running.name(), grace);
                draft.again(ending.deadline());
                return draft.done();
            }
        }
        draft.stopSandboxes();
        return draft.done();
    }
}
