package io.coxswain.kubelet.pods;

import io.coxswain.api.core.Pod;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pod.PodFormat;
import io.coxswain.kubelet.pod.Problem;
import io.coxswain.kubelet.pods.ContainerPlanner.Failure;
import io.coxswain.kubelet.pods.PodPlan.Kill;
import io.coxswain.kubelet.pods.PodPlan.Start;
import io.coxswain.kubelet.probes.ProbeResults.Verdict;
import io.coxswain.kubelet.probes.ProbeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A plan while it is made: collects steps, leaves out what is already under way.
final class PlanDraft {

    private final PodView view;
    private final Instant now;
    private final List<Start> starts = new ArrayList<>();
    private final List<Kill> kills = new ArrayList<>();
    private final Map<String, Problem> waiting = new HashMap<>();
    private @Nullable Integer sandboxAttempt;
    private boolean over;
    private boolean stopSandboxes;
    private @Nullable Instant again;

    PlanDraft(PodView view, Instant now) {
        this.view = view;
        this.now = now;
    }

    Pod pod() {
        return view.pod();
    }

    PodRuntimeState state() {
        return view.state();
    }

    Instant now() {
        return now;
    }

    Verdict verdict(ObservedContainer container, ProbeType type) {
        return view.probes().of(container.id(), type);
    }

    void createSandbox(int attempt) {
        sandboxAttempt = attempt;
    }

    /// Starts a container without regard to how its last run ended.
    void startAnew(PodContainer container) {
        var held = view.problems().get(container.name());
        if (held != null && held.retryAt() != null && held.retryAt().isAfter(now)) {
            waiting.put(container.name(), held);
            again(held.retryAt());
            return;
        }
        starts.add(new Start(container.name(), restartCount(container)));
    }

    /// Starts a container, or waits for its back-off after its last run.
    void start(PodContainer container, @Nullable ObservedContainer last) {
        var finished = last == null || !last.exited() ? null : last.finishedAt();
        var key = PodView.backOffKey(pod(), container);
        var until = view.backOff().until(key, finished, now);
        if (until == null) {
            startAnew(container);
            return;
        }
        var delay = PodFormat.duration(view.backOff().delay(key, finished));
        waiting.put(
                container.name(),
                new Problem(
                        Problem.CRASH_LOOP,
                        "back-off "
                                + delay
                                + " restarting failed container="
                                + container.name()
                                + " pod="
                                + PodFormat.pod(pod()),
                        null));
        again(until);
    }

    /// Ends a running container; its end brings up the next plan, which starts it again.
    void restart(PodContainer container, ObservedContainer running, Failure failure) {
        kill(container, running, failure.why() + ", will be restarted", failure.graceSeconds());
    }

    void kill(PodContainer container, ObservedContainer running, String why, long grace) {
        kill(running, container.name(), why, grace);
    }

    void kill(ObservedContainer running, String why, long grace) {
        kill(running, running.name(), why, grace);
    }

    private void kill(ObservedContainer running, String name, String why, long grace) {
        var underWay = view.stopping().get(running.id());
        if (underWay == null || now.plusSeconds(grace + 1).isBefore(underWay)) {
            kills.add(new Kill(running.id(), name, why, grace));
        }
    }

    void killEverything(String why) {
        var grace = Ending.grace(pod());
        state().running().forEach(running -> kill(running, why, grace));
    }

    /// Nothing will run any more: sidecars and whatever is left are ended.
    void endAll() {
        over = true;
        if (state().anyRunning()) {
            var ending = new Ending("", "", now, now.plusSeconds(Ending.grace(pod())));
            EndingPlanner.plan(this, ending);
        } else {
            stopSandboxes = true;
        }
    }

    void over() {
        over = true;
    }

    void stopSandboxes() {
        stopSandboxes = true;
    }

    void again(Instant time) {
        if (again == null || time.isBefore(again)) {
            again = time;
        }
    }

    PodPlan done() {
        var usable = sandboxAttempt != null || state().activeSandbox() != null;
        var starting = !view.starting() && !over && usable && !held();
        return new PodPlan(
                starting ? sandboxAttempt : null,
                starting ? starts : List.of(),
                kills,
                waiting,
                over,
                stopSandboxes && !view.starting(),
                again);
    }

    /// Whether nothing of the pod may be started before some time.
    private boolean held() {
        var problem = view.problems().get(PodView.WHOLE_POD);
        if (problem == null || problem.retryAt() == null || !problem.retryAt().isAfter(now)) {
            return false;
        }
        again(problem.retryAt());
        return true;
    }

    /// One more than the last, which the runtime remembers, or else the API.
    private int restartCount(PodContainer container) {
        var last = state().latest(container.name());
        if (last != null) {
            return last.restartCount() + 1;
        }
        return PodStatuses.all(pod().status()).stream()
                .filter(status -> status.name().equals(container.name()))
                .filter(status -> !status.containerID().isEmpty())
                .map(status -> status.restartCount() + 1)
                .findFirst()
                .orElse(0);
    }
}
