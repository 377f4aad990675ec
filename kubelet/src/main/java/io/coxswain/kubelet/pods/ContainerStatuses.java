package io.coxswain.kubelet.pods;

import io.coxswain.api.core.Pod.ContainerState;
import io.coxswain.api.core.Pod.ContainerStateRunning;
import io.coxswain.api.core.Pod.ContainerStateTerminated;
import io.coxswain.api.core.Pod.ContainerStateWaiting;
import io.coxswain.api.core.Pod.ContainerStatus;
import io.coxswain.api.core.Pod.ContainerUser;
import io.coxswain.api.core.Pod.LinuxContainerUser;
import io.coxswain.api.core.Pod.VolumeMountStatus;
import io.coxswain.api.schema.Edit;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pod.PodContainer.Role;
import io.coxswain.kubelet.probes.ProbeResults.Verdict;
import io.coxswain.kubelet.probes.ProbeType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Computes the statuses of a pod's containers.
final class ContainerStatuses {

    private static final ContainerState NONE = new ContainerState(null, null, null);
    private static final int LOST_EXIT_CODE = 137;

    private ContainerStatuses() {}

    static List<ContainerStatus> of(StatusView view, List<PodContainer> containers) {
        return containers.stream()
                .filter(container -> shown(view, container))
                .map(container -> of(view, container))
                .toList();
    }

    /// An ephemeral container is reported once somebody has tried to start it.
    private static boolean shown(StatusView view, PodContainer container) {
        return container.role() != Role.EPHEMERAL
                || view.state().latest(container.name()) != null
                || view.problems().containsKey(container.name())
                || view.state().activeSandbox() != null;
    }

    private static ContainerStatus of(StatusView view, PodContainer container) {
        var latest = view.state().latest(container.name());
        var before = before(view, container.name());
        return latest == null
                ? absent(view, container, before)
                : present(view, container, latest, before);
    }

    private static @Nullable ContainerStatus before(StatusView view, String name) {
        return PodStatuses.all(view.pod().status()).stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /// The runtime has no such container: not yet, or not any more.
    private static ContainerStatus absent(
            StatusView view, PodContainer container, @Nullable ContainerStatus before) {
        var edit =
                Edit.of(ContainerStatus.class)
                        .set(ContainerStatus::name, container.name())
                        .set(ContainerStatus::image, container.spec().image())
                        .set(ContainerStatus::started, false);
        if (before == null || before.containerID().isEmpty()) {
            return edit.set(ContainerStatus::state, waiting(view, container)).done();
        }
        edit.set(ContainerStatus::restartCount, before.restartCount())
                .set(ContainerStatus::imageID, before.imageID())
                .set(ContainerStatus::containerID, before.containerID())
                .set(ContainerStatus::image, before.image());
        var end = before.state().terminated();
        if (end != null && (view.over() || container.role() == Role.INIT)) {
            return before;
        }
        var lost = end != null ? end : lost(before);
        var gone = new ContainerState(null, null, lost);
        return view.over()
                ? edit.set(ContainerStatus::state, gone).done()
                : edit.set(ContainerStatus::state, waiting(view, container))
                        .set(ContainerStatus::lastState, gone)
                        .done();
    }

    private static ContainerStateTerminated lost(ContainerStatus before) {
        var running = before.state().running();
        return new ContainerStateTerminated(
                LOST_EXIT_CODE,
                0,
                "ContainerStatusUnknown",
                "The container could not be located when the pod was terminated",
                running == null ? null : running.startedAt(),
                null,
                "");
    }

    private static ContainerState waiting(StatusView view, PodContainer container) {
        var problem = view.problems().get(container.name());
        if (problem != null) {
            return new ContainerState(
                    new ContainerStateWaiting(problem.reason(), problem.message()), null, null);
        }
        var first = container.role() == Role.EPHEMERAL;
        var reason =
                first || view.pod().spec().initContainers().isEmpty()
                        ? "ContainerCreating"
                        : "PodInitializing";
        return new ContainerState(new ContainerStateWaiting(reason, ""), null, null);
    }

    private static ContainerStatus present(
            StatusView view,
            PodContainer container,
            ObservedContainer latest,
            @Nullable ContainerStatus before) {
        var status = latest.status();
        var previous = view.state().previous(container.name());
        var last = previous == null ? carried(latest, before) : terminated(previous);
        var state = state(view, container, latest);
        var waits = state.waiting() != null;
        var edit =
                Edit.of(ContainerStatus.class)
                        .set(ContainerStatus::name, container.name())
                        .set(ContainerStatus::state, state)
                        .set(
                                ContainerStatus::lastState,
                                waits && latest.exited() ? terminated(latest) : last)
                        .set(ContainerStatus::ready, ready(view, container, latest))
                        .set(ContainerStatus::restartCount, latest.restartCount())
                        .set(ContainerStatus::image, image(container, status.image()))
                        .set(ContainerStatus::imageID, status.imageRef())
                        .set(ContainerStatus::containerID, id(latest))
                        .set(ContainerStatus::started, started(view, container, latest))
                        .set(ContainerStatus::volumeMounts, mounts(container));
        if (container.role() != Role.EPHEMERAL) {
            edit.set(ContainerStatus::allocatedResources, container.spec().resources().requests());
            var resources = container.spec().resources();
            if (!resources.requests().isEmpty() || !resources.limits().isEmpty()) {
                edit.set(ContainerStatus::resources, resources);
            }
        }
        var user = status.user();
        if (user != null && latest.running()) {
            edit.set(
                    ContainerStatus::user,
                    new ContainerUser(
                            new LinuxContainerUser(
                                    user.uid(), user.gid(), user.supplementalGroups())));
        }
        return edit.done();
    }

    /// Runtimes may report an image by its id; the pod's author knows it by its name.
    private static String image(PodContainer container, String reported) {
        return reported.isEmpty() || reported.startsWith("sha256:")
                ? container.spec().image()
                : reported;
    }

    static String id(ObservedContainer container) {
        return "containerd://" + container.id();
    }

    /// What the API remembers of the run before, when the runtime has forgotten it.
    private static ContainerState carried(
            ObservedContainer latest, @Nullable ContainerStatus before) {
        if (before == null) {
            return NONE;
        }
        if (before.containerID().equals(id(latest))) {
            return before.lastState();
        }
        return before.state().terminated() == null
                ? before.lastState()
                : new ContainerState(null, null, before.state().terminated());
    }

    private static ContainerState state(
            StatusView view, PodContainer container, ObservedContainer latest) {
        return switch (latest.state()) {
            case RUNNING ->
                    new ContainerState(
                            null,
                            new ContainerStateRunning(seconds(latest.status().startedAt())),
                            null);
            case EXITED ->
                    view.problems().containsKey(container.name()) && !view.over()
                            ? waiting(view, container)
                            : terminated(latest);
            case CREATED -> waiting(view, container);
            case UNKNOWN ->
                    new ContainerState(
                            null,
                            null,
                            new ContainerStateTerminated(
                                    LOST_EXIT_CODE,
                                    0,
                                    "ContainerStatusUnknown",
                                    "The container could not be located when the pod was"
                                            + " terminated",
                                    seconds(latest.status().startedAt()),
                                    null,
                                    id(latest)));
        };
    }

    private static ContainerState terminated(ObservedContainer container) {
        var status = container.status();
        var message = container.terminationMessage();
        var text =
                status.message().isEmpty()
                        ? message
                        : message.isEmpty() ? status.message() : status.message() + ": " + message;
        return new ContainerState(
                null,
                null,
                new ContainerStateTerminated(
                        status.exitCode(),
                        0,
                        status.reason(),
                        text,
                        seconds(status.startedAt()),
                        seconds(status.finishedAt()),
                        id(container)));
    }

    private static boolean ready(
            StatusView view, PodContainer container, ObservedContainer latest) {
        return switch (container.role()) {
            case INIT -> latest.succeeded();
            case EPHEMERAL -> false;
            case SIDECAR, REGULAR ->
                    started(view, container, latest)
                            && passes(view, container, latest, ProbeType.READINESS);
        };
    }

    private static boolean started(
            StatusView view, PodContainer container, ObservedContainer latest) {
        return switch (container.role()) {
            case INIT, EPHEMERAL -> false;
            case SIDECAR, REGULAR ->
                    latest.running() && passes(view, container, latest, ProbeType.STARTUP);
        };
    }

    private static boolean passes(
            StatusView view, PodContainer container, ObservedContainer latest, ProbeType type) {
        return type.of(container.spec()) == null
                || view.probes().of(latest.id(), type) == Verdict.SUCCESS;
    }

    private static List<VolumeMountStatus> mounts(PodContainer container) {
        return container.spec().volumeMounts().stream()
                .map(mount ->
                        new VolumeMountStatus(
                                mount.name(),
                                mount.mountPath(),
                                mount.readOnly(),
                                mount.readOnly()
                                        ? mount.recursiveReadOnly() == null
                                                ? "Disabled"
                                                : mount.recursiveReadOnly()
                                        : null,
                                null))
                .toList();
    }

    private static @Nullable Instant seconds(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS);
    }
}
