package io.coxswain.scheduler;

import io.coxswain.api.core.Pod;
import io.coxswain.api.schema.ApiError;
import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.base.Loops;
import io.coxswain.scheduler.framework.ClusterEvent;
import io.coxswain.scheduler.framework.Placement;
import io.coxswain.scheduler.framework.Plugin;
import io.coxswain.scheduler.queue.QueuedPod;
import io.coxswain.scheduler.queue.SchedulingQueue;
import io.coxswain.scheduler.snapshot.Snapshot;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides for one pod after the other. Everything it knows is its own: others talk to it through
/// its inbox, and it talks to the API server through the writer.
final class SchedulingLoop implements Loop {

    private static final Logger LOG = LoggerFactory.getLogger(SchedulingLoop.class);
    private static final int PODS_PER_RUN_MAX = 100;

    private final SchedulerConfiguration configuration;
    private final RandomGenerator random;
    private final Outcomes outcomes;
    private final Writer writer;

    private final Snapshot snapshot = new Snapshot();
    private final SchedulingQueue queue;
    private final ClusterFollower follower;
    private final Queue<Consumer<ClusterFollower>> inbox = new ConcurrentLinkedQueue<>();
    private volatile Loops.@Nullable Running running;
    private BooleanSupplier ready = () -> true;

    SchedulingLoop(
            SchedulerConfiguration configuration,
            Clock clock,
            RandomGenerator random,
            Outcomes outcomes,
            Writer writer) {
        this.configuration = configuration;
        this.random = random;
        this.outcomes = outcomes;
        this.writer = writer;
        this.queue = new SchedulingQueue(clock, configuration.profile());
        this.follower = new ClusterFollower(configuration.schedulerName(), snapshot, queue);
    }

    SchedulingLoop readyWhen(BooleanSupplier condition) {
        ready = condition;
        return this;
    }

    void drivenBy(Loops.Running loop) {
        running = loop;
        loop.wake();
    }

    /// Leaves word of a change. From any thread.
    void tell(Consumer<ClusterFollower> change) {
        inbox.add(change);
        var loop = running;
        if (loop != null) {
            loop.wake();
        }
    }

    @Override
    public Next runOnce() {
        var isReady = ready.getAsBoolean();
        readInbox();
        if (!isReady) {
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

    private void readInbox() {
        for (var change = inbox.poll(); change != null; change = inbox.poll()) {
            change.accept(follower);
        }
    }

    private void place(QueuedPod queued) {
        var info = queued.pod();
        var pod = info.pod();
        if (snapshot.size() == 0) {
            failed(queued, FailureMessage.NO_NODES, Set.of());
            return;
        }
        var placement = new Placement(configuration.profile(), info, snapshot);
        placement.refresh();
        var node = placement.best(random, slot -> false);
        if (node == null) {
            failed(queued, FailureMessage.of(placement, snapshot, ""), rejecting(placement));
            return;
        }
        snapshot.put(info, node.name());
        writer.submit(() -> bind(queued, pod, node.name()));
    }

    private void bind(QueuedPod queued, Pod pod, String node) {
        try {
            outcomes.bind(pod, node);
        } catch (ApiError | UncheckedIOException error) {
            LOG.info("{}/{} was not bound: {}", pod.namespace(), pod.name(), error.getMessage());
            tell(it -> unbound(queued, pod, error));
            return;
        }
        outcomes.tellScheduled(pod, node);
    }

    /// Takes the assumption back, unless the pod got its node after all.
    private void unbound(QueuedPod queued, Pod pod, RuntimeException error) {
        if (queue.find(pod.uid()) != queued) {
            return;
        }
        snapshot.remove(pod.uid());
        queue.happened(ClusterEvent.POD_REMOVED);
        queue.faulted(queued);
        var message = String.valueOf(error.getMessage());
        writer.submit(() -> {
            outcomes.mark(pod, "SchedulerError", message, null);
            outcomes.tellFailed(pod, message);
        });
    }

    private void failed(QueuedPod queued, String message, Set<Plugin> rejectedBy) {
        queue.failed(queued, rejectedBy);
        var pod = queued.pod().pod();
        writer.submit(() -> {
            outcomes.mark(pod, "Unschedulable", message, null);
            outcomes.tellFailed(pod, message);
        });
    }

    private Set<Plugin> rejecting(Placement placement) {
        var plugins = new HashSet<Plugin>();
        snapshot.nodes()
                .forEach(node -> {
                    var rejection = placement.rejection(node.slot());
                    if (rejection != null) {
                        plugins.add(rejection.plugin());
                    }
                });
        return plugins;
    }
}
