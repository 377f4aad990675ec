package io.coxswain.kubelet.pods;

import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Pod.PodStatus;
import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pod.PodFormat;
import io.coxswain.kubelet.pod.Problem;
import io.coxswain.kubelet.pods.PodWorkers.Surroundings;
import java.time.Duration;
import java.time.Instant;

/// Looks after one pod: looks, plans, sets off what the plan says, reports. Starting and killing
/// happen beside it, so that a pod that is deleted while its image is pulled is noticed.
final class PodWorker implements Loop {

    private static final Duration RESYNC = Duration.ofSeconds(60);

    private final PodTools tools;
    private final Surroundings surroundings;
    private final PodProgress progress;
    private final Clock clock;
    private volatile Pod pod;
    private volatile boolean admitted;
    private boolean released;

    PodWorker(PodTools tools, Surroundings surroundings, Pod pod, PodProgress progress) {
        this.tools = tools;
        this.surroundings = surroundings;
        this.progress = progress;
        this.clock = tools.loops().clock();
        this.pod = pod;
    }

    Pod pod() {
        return pod;
    }

    /// Whether the pod may run here and has not ended.
    boolean admitted() {
        return admitted;
    }

    void evict(String reason, String message, long graceSeconds) {
        if (progress.ending() == null) {
            var grace = Math.min(graceSeconds, Ending.grace(pod));
            progress.ending(Ending.evicted(reason, message, clock.now(), grace));
            tools.events().warning(pod, reason, message);
        }
    }

    @Override
    public Next runOnce() {
        var now = clock.now();
        var known = surroundings.current(pod);
        if (known != null) {
            pod = tools.statuses().current(known);
        }
        progress.state(tools.states().refresh(pod.uid()));
        if (known == null) {
            return removed(now);
        }
        if (!admitted && progress.state().isEmpty() && !pod.deleting() && turnedAway(now)) {
            return Next.WHEN_WOKEN;
        }
        decideEnding(now);
        admitted = progress.ending() == null;
        var plan = PodPlanner.plan(view(), now);
        if (plan.over()) {
            admitted = false;
        }
        perform(plan, now);
        return report(plan, now);
    }

    private PodView view() {
        return new PodView(
                pod,
                progress.state(),
                tools.probes(),
                progress.backOff(),
                progress.problems(),
                progress.stopping(),
                progress.starting(),
                progress.ending());
    }

    /// A pod that has ended once, whatever made it end, never starts again.
    private void decideEnding(Instant now) {
        var before = progress.ending();
        if (before == null && PodStatuses.terminal(pod.status())) {
            before = new Ending("", "", now, now.plusSeconds(Ending.grace(pod)));
        }
        var ending = Ending.of(pod, before, now);
        if (ending != null && before == null && !ending.reason().isEmpty()) {
            tools.events().normal(pod, ending.reason(), ending.message());
        }
        progress.ending(ending);
    }

    private boolean turnedAway(Instant now) {
        if (PodStatuses.terminal(pod.status()) || pod.status().startTime() != null) {
            return false;
        }
        var rejection = tools.admission().check(pod, surroundings.others(pod));
        if (rejection == null) {
            return false;
        }
        var message = "Pod was rejected: " + rejection.message();
        tools.events().warning(pod, rejection.reason(), rejection.message());
        var status = PodStatuses.rejected(pod, rejection.reason(), message, now);
        tools.statuses().write(pod, status);
        return true;
    }

    private void perform(PodPlan plan, Instant now) {
        for (var kill : plan.kills()) {
            var container = PodContainer.find(pod, kill.container());
            if (container != null && !progress.stopping().containsKey(kill.containerId())) {
                tools.events().normal(pod, container, "Killing", kill.why());
            }
            progress.stops(kill.containerId(), now.plusSeconds(kill.graceSeconds()));
            tools.loops()
                    .start(
                            "kill " + kill.container() + " of " + PodFormat.pod(pod),
                            new ContainerKill(tools.killing(), pod, kill, this::wake));
        }
        plan.waiting()
                .forEach((name, problem) -> {
                    if (progress.waits(name, problem)) {
                        tellBackOff(name, problem);
                    }
                });
        if (plan.startsSomething()) {
            start(plan);
        }
        if (plan.stopSandboxes()) {
            var ready = progress.state().readySandboxes();
            ready.forEach(status -> tools.runtime().stopSandbox(status.sandbox().id()));
        }
    }

    private void tellBackOff(String name, Problem problem) {
        var container = PodContainer.find(pod, name);
        if (container != null && problem.reason().equals(Problem.CRASH_LOOP)) {
            tools.events()
                    .warning(
                            pod,
                            container,
                            "BackOff",
                            "Back-off restarting failed container "
                                    + name
                                    + " in pod "
                                    + PodFormat.pod(pod));
        }
    }

    private void start(PodPlan plan) {
        progress.starting(true);
        var subject = pod;
        tools.loops()
                .start(
                        "start " + PodFormat.pod(subject),
                        () -> {
                            try {
                                tools.starter().carryOut(subject, plan, progress, this::unwanted);
                            } finally {
                                progress.starting(false);
                                wake();
                            }
                            return Next.DONE;
                        });
    }

    private boolean unwanted() {
        var current = surroundings.current(pod);
        return current == null || current.deleting() || progress.ending() != null;
    }

    private void wake() {
        surroundings.wake(pod);
    }

    /// Writes the status and, once nothing is left of a deleted pod, lets the API object go.
    private Next report(PodPlan plan, Instant now) {
        tools.probes().update(pod, progress.state(), plan.over());
        var settled = plan.over() && !progress.starting();
        var status = status(settled, now);
        var there = tools.statuses().write(pod, status);
        if (settled && !progress.state().anyRunning()) {
            return there ? ended(status) : Next.WHEN_WOKEN;
        }
        if (!plan.over()) {
            tools.resources().refresh(pod);
        }
        var resync = now.plus(RESYNC);
        var again = plan.again();
        return Next.at(again != null && again.isBefore(resync) ? again : resync);
    }

    private PodStatus status(boolean over, Instant now) {
        var view =
                new StatusView(
                        pod,
                        progress.state(),
                        progress.problems(),
                        tools.probes(),
                        progress.ending(),
                        over,
                        tools.hostIps());
        return PodStatuses.of(view, now);
    }

    private Next ended(PodStatus status) {
        if (!progress.state().readySandboxes().isEmpty()) {
            // They were stopped after this look; the next one sees it.
            return Next.AGAIN;
        }
        if (!released) {
            tools.resources().release(pod.uid());
            released = true;
        }
        if (pod.deleting() && PodStatuses.terminal(status)) {
            tools.statuses().confirmDeletion(pod);
        }
        return Next.WHEN_WOKEN;
    }

    /// The API has no such pod any more: whatever is left of it goes.
    private Next removed(Instant now) {
        if (progress.ending() == null) {
            progress.ending(Ending.evicted("", "", now, Ending.grace(pod)));
        }
        admitted = false;
        var plan = PodPlanner.plan(view(), now);
        perform(plan, now);
        tools.probes().update(pod, progress.state(), true);
        if (progress.state().anyRunning() || progress.starting()) {
            return Next.in(clock, RESYNC);
        }
        remove(pod.uid());
        surroundings.over(pod);
        return Next.DONE;
    }

    private void remove(String uid) {
        var runtime = tools.runtime();
        var left = progress.state();
        left.sandboxes().forEach(status -> runtime.stopSandbox(status.sandbox().id()));
        left.containers().forEach(container -> runtime.remove(container.id()));
        left.sandboxes().forEach(status -> runtime.removeSandbox(status.sandbox().id()));
        tools.resources().release(uid);
        tools.resources().remove(uid, pod.namespace(), pod.name());
        tools.probes().forget(uid);
        tools.images().forget(uid);
        tools.statuses().forget(uid);
    }
}
