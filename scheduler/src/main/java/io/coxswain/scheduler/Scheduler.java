package io.coxswain.scheduler;

import io.coxswain.api.core.Node;
import io.coxswain.api.core.Pod;
import io.coxswain.base.Loop;
import io.coxswain.base.Loops;
import io.coxswain.client.Client;
import io.coxswain.client.Informer;
import io.coxswain.client.Informers;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Gives every pod that waits for it a node.
public final class Scheduler implements AutoCloseable {

    private final SchedulerConfiguration configuration;
    private final Client client;
    private final Informers informers;
    private final Loops loops;
    private final RandomGenerator random;

    private @Nullable Writer writer;
    private Loops.@Nullable Running running;

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

    /// Starts to schedule as soon as the informers have their first lists.
    public synchronized void start() {
        if (running != null) {
            return;
        }
        var pods = informers.of(Pod.class);
        var nodes = informers.of(Node.class);
        var started = new Writer(loops, "scheduler-writer", configuration.writers());
        writer = started;
        var outcomes = new Outcomes(client, loops.clock(), configuration.schedulerName());
        var loop = new SchedulingLoop(configuration, loops.clock(), random, outcomes, started);
        nodes.onChange((before, after) -> loop.tell(it -> it.nodeChanged(before, after)));
        pods.onChange((before, after) -> loop.tell(it -> it.podChanged(before, after)));
        running = loops.start("scheduler", loop.readyWhen(() -> pods.synced() && nodes.synced()));
        loop.drivenBy(running);
        onSynced(pods, running);
        onSynced(nodes, running);
    }

    /// Stops. Bindings that are on their way are finished first.
    @Override
    public synchronized void close() {
        if (running != null) {
            running.stop();
            running = null;
        }
        if (writer != null) {
            writer.close();
            writer = null;
        }
    }

    private static void onSynced(Informer<?> informer, Loops.Running loop) {
        informer.onSynced(loop::wake);
    }

    /// For whoever elects a leader: a loop that is started and stopped with the leadership.
    public Loop leading(boolean leads) {
        return () -> {
            if (leads) {
                start();
            } else {
                close();
            }
            return Loop.Next.DONE;
        };
    }
}
