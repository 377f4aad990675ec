package io.coxswain.kubelet.pods;

import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.kubelet.pod.ContainerMetadata;
import io.coxswain.kubelet.runtime.Container;
import io.coxswain.kubelet.runtime.ContainerFilter;
import io.coxswain.kubelet.runtime.ContainerRuntime;
import io.coxswain.kubelet.runtime.ContainerRuntimeException;
import io.coxswain.kubelet.runtime.ContainerRuntimeException.Reason;
import io.coxswain.kubelet.runtime.ContainerStatus;
import io.coxswain.kubelet.runtime.Namespaces;
import io.coxswain.kubelet.runtime.Sandbox;
import io.coxswain.kubelet.runtime.SandboxFilter;
import io.coxswain.kubelet.runtime.SandboxStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the runtime has of every pod: the loop lists everything once per period and tells which
/// pods have changed; a pod's own worker looks at its pod when it needs to.
///
/// The status of a container is asked for once per state it is in.
public final class RuntimeStates implements Loop {

    private final ContainerRuntime runtime;
    private final Function<ContainerStatus, String> terminationMessages;
    private final Clock clock;
    private final Duration period;
    private final Map<String, PodRuntimeState> pods = new ConcurrentHashMap<>();
    private final Map<String, ObservedContainer> containers = new ConcurrentHashMap<>();
    private final Map<String, SandboxStatus> sandboxes = new ConcurrentHashMap<>();
    private volatile Consumer<String> listener = uid -> {};
    private volatile @Nullable Instant lastListed;

    /// @param terminationMessages what an exited container left behind for its status
    public RuntimeStates(
            ContainerRuntime runtime,
            Function<ContainerStatus, String> terminationMessages,
            Clock clock,
            Duration period) {
        this.runtime = runtime;
        this.terminationMessages = terminationMessages;
        this.clock = clock;
        this.period = period;
    }

    /// Calls `changed` with the UID of each pod whose sandboxes or containers have changed.
    public void onChange(Consumer<String> changed) {
        listener = changed;
    }

    /// As of the last look.
    public PodRuntimeState of(String uid) {
        return pods.getOrDefault(uid, PodRuntimeState.EMPTY);
    }

    /// The pods that the runtime has anything of.
    public Set<String> uids() {
        return Set.copyOf(pods.keySet());
    }

    /// When everything was last listed; null before the first time.
    public @Nullable Instant lastListed() {
        return lastListed;
    }

    /// Looks at one pod now.
    public PodRuntimeState refresh(String uid) {
        var labels = Map.of(ContainerMetadata.POD_UID, uid);
        var state =
                observe(
                        runtime.sandboxes(SandboxFilter.labelled(labels)),
                        runtime.containers(new ContainerFilter(null, null, null, labels)));
        remember(uid, state);
        return state;
    }

    @Override
    public Next runOnce() {
        var sandboxesOf = byPod(runtime.sandboxes(SandboxFilter.ALL), Sandbox::labels);
        var containersOf = byPod(runtime.containers(ContainerFilter.ALL), Container::labels);
        var changed = new ArrayList<String>();
        var uids = new java.util.TreeSet<>(pods.keySet());
        uids.addAll(sandboxesOf.keySet());
        uids.addAll(containersOf.keySet());
        for (var uid : uids) {
            var state =
                    observe(
                            sandboxesOf.getOrDefault(uid, List.of()),
                            containersOf.getOrDefault(uid, List.of()));
            if (!state.equals(of(uid))) {
                remember(uid, state);
                changed.add(uid);
            }
        }
        forgetRemoved(containersOf, sandboxesOf);
        lastListed = clock.now();
        changed.forEach(listener);
        return Next.in(clock, period);
    }

    private void remember(String uid, PodRuntimeState state) {
        if (state.isEmpty()) {
            pods.remove(uid);
        } else {
            pods.put(uid, state);
        }
    }

    private void forgetRemoved(
            Map<String, List<Container>> containersOf, Map<String, List<Sandbox>> sandboxesOf) {
        var ids = new java.util.HashSet<String>();
        containersOf.values().forEach(list -> list.forEach(c -> ids.add(c.id())));
        containers.keySet().retainAll(ids);
        ids.clear();
        sandboxesOf.values().forEach(list -> list.forEach(s -> ids.add(s.id())));
        sandboxes.keySet().retainAll(ids);
    }

    private static <T> Map<String, List<T>> byPod(
            List<T> all, Function<T, Map<String, String>> labels) {
        var byPod = new HashMap<String, List<T>>();
        for (var item : all) {
            var uid = labels.apply(item).get(ContainerMetadata.POD_UID);
            if (uid != null) {
                byPod.computeIfAbsent(uid, key -> new ArrayList<>()).add(item);
            }
        }
        return byPod;
    }

    private PodRuntimeState observe(List<Sandbox> sandboxList, List<Container> containerList) {
        var sandboxStates = new ArrayList<SandboxStatus>();
        for (var sandbox : sandboxList) {
            var status = observe(sandbox);
            if (status != null) {
                sandboxStates.add(status);
            }
        }
        var containerStates = new ArrayList<ObservedContainer>();
        for (var container : containerList) {
            var observed = observe(container);
            if (observed != null) {
                containerStates.add(observed);
            }
        }
        sandboxStates.sort(
                Comparator.comparing((SandboxStatus s) -> s.sandbox().createdAt())
                        .thenComparingInt(s -> s.sandbox().pod().attempt())
                        .reversed());
        containerStates.sort(
                Comparator.comparing((ObservedContainer c) -> c.status().createdAt())
                        .thenComparingInt(ObservedContainer::restartCount)
                        .reversed());
        return new PodRuntimeState(sandboxStates, containerStates);
    }

    /// Null when it has vanished since it was listed.
    private @Nullable SandboxStatus observe(Sandbox sandbox) {
        var known = sandboxes.get(sandbox.id());
        if (known != null && known.sandbox().equals(sandbox) && complete(known)) {
            return known;
        }
        try {
            var status = runtime.sandboxStatus(sandbox.id());
            sandboxes.put(sandbox.id(), new SandboxStatus(sandbox, status.ips(), status.network()));
            return status;
        } catch (ContainerRuntimeException e) {
            throwUnlessGone(e);
            return null;
        }
    }

    private static boolean complete(SandboxStatus status) {
        return !status.ips().isEmpty()
                || status.network() == Namespaces.Mode.NODE
                || status.sandbox().state() == Sandbox.State.NOT_READY;
    }

    private @Nullable ObservedContainer observe(Container container) {
        var known = containers.get(container.id());
        if (known != null && known.state() == container.state()) {
            return known;
        }
        try {
            var status = runtime.containerStatus(container.id());
            var message =
                    status.state() == Container.State.EXITED
                            ? terminationMessages.apply(status)
                            : "";
            var observed = new ObservedContainer(container.sandboxId(), status, message);
            containers.put(container.id(), observed);
            return observed;
        } catch (ContainerRuntimeException e) {
            throwUnlessGone(e);
            return null;
        }
    }

    private static void throwUnlessGone(ContainerRuntimeException e) {
        if (!e.is(Reason.NOT_FOUND)) {
            throw e;
        }
    }
}
