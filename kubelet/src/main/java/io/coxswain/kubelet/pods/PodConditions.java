package io.coxswain.kubelet.pods;

import io.coxswain.api.core.Pod.ContainerStatus;
import io.coxswain.api.core.Pod.PodCondition;
import io.coxswain.api.core.Pod.PodStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Computes the conditions of a pod that the kubelet owns; others are left as they are.
final class PodConditions {

    static final String READY_TO_START = "PodReadyToStartContainers";
    static final String INITIALIZED = "Initialized";
    static final String READY = "Ready";
    static final String CONTAINERS_READY = "ContainersReady";
    static final String SCHEDULED = "PodScheduled";

    private static final String DISRUPTION_TARGET = "DisruptionTarget";
    private static final List<String> OWN =
            List.of(READY_TO_START, INITIALIZED, READY, CONTAINERS_READY, SCHEDULED);

    private PodConditions() {}

    /// Whether the kubelet is the one who decides this condition.
    static boolean owned(String type) {
        return OWN.contains(type);
    }

    /// Whether the kubelet decides this condition, or may: others evict pods too.
    static boolean ours(String type) {
        return owned(type) || type.equals(DISRUPTION_TARGET);
    }

    /// A condition without its times.
    private record Verdict(boolean holds, String reason, String message) {
        static final Verdict TRUE = new Verdict(true, "", "");
    }

    static List<PodCondition> of(StatusView view, PodStatus status, Instant now) {
        var containersReady = containersReady(status);
        var sandbox = view.state().activeSandbox();
        var started = sandbox != null && (view.pod().spec().hostNetwork() || hasIp(status));
        var all = new ArrayList<PodCondition>();
        all.add(condition(view, READY_TO_START, new Verdict(started, "", ""), now));
        all.add(condition(view, INITIALIZED, initialized(view, status), now));
        all.add(condition(view, READY, ready(view, status, containersReady), now));
        all.add(condition(view, CONTAINERS_READY, containersReady, now));
        all.add(condition(view, SCHEDULED, Verdict.TRUE, now));
        var ending = view.ending();
        if (ending != null && ending.reason().equals("Evicted")) {
            var verdict = new Verdict(true, "TerminationByKubelet", ending.message());
            all.add(condition(view, DISRUPTION_TARGET, verdict, now));
        }
        view.pod().status().conditions().stream()
                .filter(condition -> !owned(condition.type()))
                .filter(condition -> find(all, condition.type()) == null)
                .forEach(all::add);
        return all;
    }

    private static boolean hasIp(PodStatus status) {
        return !status.podIP().isEmpty();
    }

    private static PodCondition condition(
            StatusView view, String type, Verdict verdict, Instant now) {
        var before = find(view.pod().status(), type);
        var text = verdict.holds() ? "True" : "False";
        var since =
                before != null
                                && before.status().equals(text)
                                && before.lastTransitionTime() != null
                        ? before.lastTransitionTime()
                        : now;
        return new PodCondition(
                type,
                view.pod().metadata().generation(),
                text,
                null,
                since,
                verdict.reason(),
                verdict.message());
    }

    static @Nullable PodCondition find(PodStatus status, String type) {
        return find(status.conditions(), type);
    }

    private static @Nullable PodCondition find(List<PodCondition> conditions, String type) {
        for (var condition : conditions) {
            if (condition.type().equals(type)) {
                return condition;
            }
        }
        return null;
    }

    private static Verdict initialized(StatusView view, PodStatus status) {
        if (status.phase().equals("Succeeded")) {
            return new Verdict(true, "PodCompleted", "");
        }
        var begun =
                status.containerStatuses().stream()
                        .anyMatch(c ->
                                c.state().running() != null
                                        || c.state().terminated() != null
                                        || c.lastState().terminated() != null);
        var incomplete =
                status.initContainerStatuses().stream()
                        .filter(c -> !begun && !initComplete(view, c))
                        .map(ContainerStatus::name)
                        .toList();
        if (incomplete.isEmpty()) {
            return Verdict.TRUE;
        }
        return new Verdict(
                false,
                "ContainersNotInitialized",
                "containers with incomplete status: " + list(incomplete));
    }

    private static boolean initComplete(StatusView view, ContainerStatus status) {
        return PodStatuses.sidecar(view.pod(), status.name())
                ? Boolean.TRUE.equals(status.started())
                : status.ready();
    }

    private static Verdict containersReady(PodStatus status) {
        if (status.phase().equals("Succeeded")) {
            return new Verdict(false, "PodCompleted", "");
        }
        if (status.phase().equals("Failed")) {
            return new Verdict(false, "PodFailed", "");
        }
        var unready = new ArrayList<String>();
        status.initContainerStatuses().stream()
                .filter(c -> c.started() != null && c.started() && !c.ready())
                .forEach(c -> unready.add(c.name()));
        status.containerStatuses().stream()
                .filter(c -> !c.ready())
                .forEach(c -> unready.add(c.name()));
        if (unready.isEmpty()) {
            return Verdict.TRUE;
        }
        return new Verdict(
                false, "ContainersNotReady", "containers with unready status: " + list(unready));
    }

    private static Verdict ready(StatusView view, PodStatus status, Verdict containersReady) {
        if (!containersReady.holds()) {
            return containersReady;
        }
        var missing = new ArrayList<String>();
        for (var gate : view.pod().spec().readinessGates()) {
            var condition = find(status, gate.conditionType());
            if (condition == null) {
                missing.add(
                        "corresponding condition of pod readiness gate \""
                                + gate.conditionType()
                                + "\" does not exist.");
            } else if (!condition.status().equals("True")) {
                missing.add(
                        "the status of pod readiness gate \""
                                + gate.conditionType()
                                + "\" is not \"True\", but "
                                + condition.status());
            }
        }
        return missing.isEmpty()
                ? Verdict.TRUE
                : new Verdict(false, "ReadinessGatesNotReady", String.join(", ", missing));
    }

    private static String list(List<String> names) {
        return "[" + String.join(" ", names) + "]";
    }
}
