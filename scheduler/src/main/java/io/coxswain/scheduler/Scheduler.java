package io.coxswain.scheduler;

import io.coxswain.api.apps.ReplicaSet;
import io.coxswain.api.apps.StatefulSet;
import io.coxswain.api.core.Namespace;
import io.coxswain.api.core.Node;
import io.coxswain.api.core.PersistentVolume;
import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.ReplicationController;
import io.coxswain.api.core.Service;
import io.coxswain.api.policy.PodDisruptionBudget;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.storage.StorageClass;
import io.coxswain.base.Loops;
import io.coxswain.client.Client;
import io.coxswain.client.Informers;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Gives every pod that waits for it a node.
///
/// May be started and closed as often as one likes; with leader election, start it when elected and
/// close it when the lead is lost.
public final class Scheduler implements AutoCloseable {

    /// Which pods belong together.
    private static final List<Class<? extends Resource>> WORKLOADS =
            List.of(
                    Service.class,
                    ReplicationController.class,
                    ReplicaSet.class,
                    StatefulSet.class,
                    Namespace.class);

    private static final List<Class<? extends Resource>> VOLUMES =
            List.of(PersistentVolumeClaim.class, PersistentVolume.class, StorageClass.class);

    private final SchedulerConfiguration configuration;
    private final Client client;
    private final Informers informers;
    private final Loops loops;
    private final RandomGenerator random;
    private @Nullable Started started;

    private record Started(SchedulingLoop loop, Loops.Running running, Writers writers) {}

    public Scheduler(
            SchedulerConfiguration configuration,
            Client client,
            Informers informers,
            Loops loops,
            RandomGenerator random) {
        this.configuration = configuration;
        this.client = client;
        this.informers = informers;
        this.loops = loops;
        this.random = random;
    }

    /// Starts to schedule as soon as all pods and nodes are known. Does nothing the second time.
    public synchronized void start() {
        if (started != null) {
            return;
        }
        var writers = Writers.start(loops, configuration.writers());
        var loop =
                new SchedulingLoop(
                        configuration,
                        loops.clock(),
                        random,
                        new InformerObjects(informers),
                        new Outcomes(client, loops.clock(), configuration.schedulerName()),
                        writers);
        var running = loops.start("scheduler", loop);
        loop.drivenBy(running);
        started = new Started(loop, running, writers);
        follow(loop);
    }

    /// Stops deciding, then finishes the bindings that are on their way.
    @Override
    public synchronized void close() {
        if (started != null) {
            started.loop().close();
            started.running().stop();
            started.writers().close();
            started = null;
        }
    }

    private void follow(SchedulingLoop loop) {
        WORKLOADS.forEach(type ->
                informers
                        .of(type)
                        .onChange((before, after) -> {
                            if (!Objects.equals(selecting(before), selecting(after))) {
                                loop.workloadsChanged();
                            }
                        }));
        VOLUMES.forEach(type ->
                informers
                        .of(type)
                        .onChange((before, after) -> loop.tell(ClusterFollower::volumesChanged)));
        informers.of(PodDisruptionBudget.class);
        var nodes = informers.of(Node.class);
        var pods = informers.of(Pod.class);
        nodes.onChange((before, after) -> loop.tell(it -> it.nodeChanged(before, after)));
        pods.onChange((before, after) -> loop.tell(it -> it.podChanged(before, after)));
        nodes.onSynced(() ->
                pods.onSynced(() -> {
                    // Where informers were started long ago, their word of what is there may still
                    // be due.
                    nodes.all().forEach(node -> loop.tell(it -> it.nodeChanged(null, node)));
                    pods.all().forEach(pod -> loop.tell(it -> it.podChanged(null, pod)));
                    loop.begin();
                }));
    }

    /// The part of an object that says which pods belong together.
    private static @Nullable Object selecting(@Nullable Resource object) {
        return switch (object) {
            case null -> null;
            case Service service -> service.spec().selector();
            case ReplicationController controller -> controller.spec().selector();
            case ReplicaSet set -> set.spec().selector();
            case StatefulSet set -> set.spec().selector();
            default -> object.metadata().labels();
        };
    }
}
