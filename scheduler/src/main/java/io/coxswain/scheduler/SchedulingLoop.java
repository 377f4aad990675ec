package io.coxswain.scheduler;

import io.coxswain.api.core.Pod;
import io.coxswain.api.schema.ApiError;
import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.base.Loops;
import io.coxswain.scheduler.framework.ClusterEvent;
import io.coxswain.scheduler.framework.Nominations;
import io.coxswain.scheduler.framework.Placement;
import io.coxswain.scheduler.framework.Plugin;
import io.coxswain.scheduler.framework.PostFilterPlugin;
import io.coxswain.scheduler.framework.PostFilterPlugin.Attempt;
import io.coxswain.scheduler.framework.PostFilterPlugin.Room;
import io.coxswain.scheduler.framework.PreBindPlugin;
import io.coxswain.scheduler.framework.VolumeStep;
import io.coxswain.scheduler.queue.QueuedPod;
import io.coxswain.scheduler.queue.SchedulingQueue;
import io.coxswain.scheduler.snapshot.ClusterObjects;
import io.coxswain.scheduler.snapshot.NodeInfo;
import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.Snapshot;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides for one pod after the other. Everything it knows is its own: others talk to it through
/// its inbox, and it talks to the API server through writers.
final class SchedulingLoop implements Loop {

    private static final Logger LOG = LoggerFactory.getLogger(SchedulingLoop.class);
    private static final int PODS_PER_RUN_MAX = 100;

    private final SchedulerConfiguration configuration;
    private final RandomGenerator random;
    private final Outcomes outcomes;
    private final Writers writers;

    private final Snapshot snapshot;
    private final SchedulingQueue queue;
    private final Nominations nominations = new Nominations();
    private final Placements placements;
    private final ClusterFollower follower;
    private final Queue<Consumer<ClusterFollower>> inbox = new ConcurrentLinkedQueue<>();
    private volatile boolean ready;
    private volatile boolean closed;
    private volatile Loops.@Nullable Running running;

    SchedulingLoop(
            SchedulerConfiguration configuration,
            Clock clock,
            RandomGenerator random,
            ClusterObjects objects,
            Outcomes outcomes,
            Writers writers) {
        this.configuration = configuration;
        this.random = random;
        this.outcomes = outcomes;
        this.writers = writers;
        this.snapshot = new Snapshot(objects);
        this.queue = new SchedulingQueue(clock, configuration.profile());
        this.placements = new Placements(configuration.profile(), snapshot);
        this.follower =
                new ClusterFollower(configuration.schedulerName(), snapshot, queue, nominations);
    }

    void drivenBy(Loops.Running loop) {
        running = loop;
        loop.wake();
    }

    /// Leaves word of a change. From any thread.
    void tell(Consumer<ClusterFollower> change) {
        if (!closed) {
            inbox.add(change);
            wake();
        }
    }

    /// The cluster is known well enough to begin.
    void begin() {
        ready = true;
        wake();
    }

    /// Hears no more changes.
    void close() {
        closed = true;
        inbox.clear();
    }

    /// What belongs together changed, such as a Service's selector.
    void workloadsChanged() {
        tell(any -> placements.forget());
    }

    @Override
    public Next runOnce() {
        var mayPlace = ready;
        readInbox();
        if (!mayPlace) {
            return Next.WHEN_WOKEN;
        }
        for (var i = 0; i < PODS_PER_RUN_MAX; i++) {
            var pod = queue.poll();
            if (pod == null) {
                var next = queue.next();
                return next == null ? Next.WHEN_WOKEN : Next.at(next);
            }
            place(pod);
            readInbox();
        }
        return Next.AGAIN;
    }

    private void wake() {
        var loop = running;
        if (loop != null) {
            loop.wake();
        }
    }

    private void readInbox() {
        for (var change = inbox.poll(); change != null; change = inbox.poll()) {
            change.accept(follower);
        }
    }

    /// A pod that cannot be understood is its own trouble only.
    private void place(QueuedPod queued) {
        try {
            decide(queued);
        } catch (RuntimeException fault) {
            LOG.error("{} cannot be placed", queued.pod(), fault);
            faulted(queued, fault);
        }
    }

    private void decide(QueuedPod queued) {
        var info = queued.pod();
        if (snapshot.size() == 0) {
            queue.failed(queued, Set.of());
            report(info.pod(), FailureMessage.NO_NODES, null);
            return;
        }
        var placement = placements.of(info);
        var node = choose(info, placement);
        if (node == null) {
            failed(queued, placement);
            return;
        }
        var steps = before(info, node);
        if (steps != null) {
            prepare(queued, steps);
            return;
        }
        snapshot.put(info, node.name());
        nominations.remove(info.uid());
        writers.bindings().submit(() -> bind(queued, info.pod(), node.name()));
    }

    /// The node being freed for the pod if it will do by now, else the best one.
    private @Nullable NodeInfo choose(PodInfo pod, Placement placement) {
        if (nominations.empty()) {
            return placement.best(random, slot -> false);
        }
        var spokenFor = spokenFor(pod, placement);
        var nominated = snapshot.find(nominations.nodeFor(pod.uid()));
        if (nominated != null
                && placement.total(nominated.slot()) >= 0
                && !spokenFor.get(nominated.slot())) {
            return nominated;
        }
        return placement.best(random, spokenFor::get);
    }

    /// The nodes that will not do once the pods have come that they are being freed for.
    private BitSet spokenFor(PodInfo pod, Placement placement) {
        var slots = new BitSet();
        for (var name : nominations.nodes()) {
            var node = snapshot.find(name);
            if (node == null) {
                continue;
            }
            var others = nominations.before(pod, node);
            others.forEach(other -> placement.imagine(node, other, 1));
            if (placement.ask(node) != null) {
                slots.set(node.slot());
            }
            others.forEach(other -> placement.imagine(node, other, -1));
        }
        return slots;
    }

    private @Nullable List<VolumeStep> before(PodInfo pod, NodeInfo node) {
        for (var plugin : configuration.profile().of(PreBindPlugin.class).toList()) {
            var steps = plugin.before(pod, node, snapshot);
            if (steps != null) {
                return steps;
            }
        }
        return null;
    }

    /// Asks for what has to happen first and puts the pod aside until it has.
    private void prepare(QueuedPod queued, List<VolumeStep> steps) {
        var waitingFor = configuration.profile().of(PreBindPlugin.class).toList();
        queue.failed(queued, Set.copyOf(waitingFor));
        writers.bindings()
                .submit(() -> {
                    try {
                        steps.forEach(outcomes::perform);
                    } catch (ApiError | UncheckedIOException error) {
                        LOG.info("volumes of {}: {}", queued.pod(), error.getMessage());
                        tell(ClusterFollower::volumesChanged);
                    }
                });
    }

    private void bind(QueuedPod queued, Pod pod, String node) {
        try {
            outcomes.bind(pod, node);
        } catch (ApiError | UncheckedIOException error) {
            LOG.info("{}/{} was not bound: {}", pod.namespace(), pod.name(), error.getMessage());
            tell(it -> unbound(queued, pod, error));
            return;
        }
        writers.reports().offer(() -> outcomes.tellScheduled(pod, node));
    }

    /// Takes the assumption back, unless the pod got its node after all.
    private void unbound(QueuedPod queued, Pod pod, RuntimeException error) {
        if (queue.find(pod.uid()) != queued) {
            return;
        }
        snapshot.remove(pod.uid());
        queue.happened(ClusterEvent.POD_REMOVED);
        faulted(queued, error);
    }

    private void faulted(QueuedPod queued, RuntimeException error) {
        queue.faulted(queued);
        var pod = queued.pod().pod();
        var message = String.valueOf(error.getMessage());
        writers.reports()
                .offer(() -> {
                    outcomes.mark(pod, "SchedulerError", message, null);
                    outcomes.tellFailed(pod, message);
                });
    }

    private void failed(QueuedPod queued, Placement placement) {
        var info = queued.pod();
        queue.failed(queued, rejecting(placement));
        var room = makeRoom(info, placement);
        var message = FailureMessage.of(placement, snapshot, room.message());
        var node = room.node();
        if (node == null) {
            var hadNode = !nominations.nodeFor(info.uid()).isEmpty();
            if (hadNode && !room.waiting()) {
                nominations.remove(info.uid());
                report(info.pod(), message, "");
            } else {
                report(info.pod(), message, null);
            }
            return;
        }
        for (var other : nominations.after(info, node.name())) {
            nominations.remove(other.uid());
            writers.reports().submit(() -> outcomes.withdrawNomination(other.pod()));
        }
        nominations.put(info, node.name());
        report(info.pod(), message, node.name());
        for (var victim : room.victims()) {
            writers.bindings().submit(() -> outcomes.evict(victim.pod(), info.pod(), node.name()));
        }
    }

    private Room makeRoom(PodInfo pod, Placement placement) {
        var attempt = new Attempt(placement, snapshot, nominations, nominations.nodeFor(pod.uid()));
        return configuration
                .profile()
                .of(PostFilterPlugin.class)
                .map(plugin -> plugin.makeRoom(attempt))
                .findFirst()
                .orElse(Room.none(""));
    }

    private void report(Pod pod, String message, @Nullable String nominated) {
        writers.reports()
                .offer(() -> {
                    outcomes.mark(pod, "Unschedulable", message, nominated);
                    outcomes.tellFailed(pod, message);
                });
    }

    private Set<Plugin> rejecting(Placement placement) {
        var plugins = new HashSet<Plugin>();
        for (var slot = 0; slot < snapshot.slots(); slot++) {
            var rejection = placement.rejection(slot);
            if (rejection != null) {
                plugins.add(rejection.plugin());
            }
        }
        return plugins;
    }
}
