package io.coxswain.client.runtime;

import io.coxswain.api.schema.Resource;
import io.coxswain.base.Loops;
import io.coxswain.base.SimulatedLoops;
import io.coxswain.client.Client;
import io.coxswain.client.Informers;
import io.coxswain.client.controller.Registration;
import java.util.ArrayList;
import java.util.List;

/// Runs controllers: one queue each, a few workers each, all on the loops given.
public final class ControllerRuntime implements AutoCloseable {

    private final Client client;
    private final Informers informers;
    private final Loops loops;
    private final Concurrency concurrency;
    private final List<ControllerLoop<?>> running = new ArrayList<>();

    /// How much happens at once.
    ///
    /// @param workers objects of one controller
    /// @param steps steps of one stage
    public record Concurrency(int workers, int steps) {
        public static final Concurrency USUAL = new Concurrency(5, 16);

        /// Everything in the order that the seed decides.
        public static final Concurrency SIMULATED = new Concurrency(1, 1);

        static Concurrency of(Loops loops) {
            return loops instanceof SimulatedLoops ? SIMULATED : USUAL;
        }
    }

    public ControllerRuntime(Client client, Informers informers, Loops loops) {
        this(client, informers, loops, Concurrency.of(loops));
    }

    public ControllerRuntime(
            Client client, Informers informers, Loops loops, Concurrency concurrency) {
        this.client = client;
        this.informers = informers;
        this.loops = loops;
        this.concurrency = concurrency;
    }

    /// Starts these controllers; each begins once the kinds it reads have their first list.
    public void start(List<? extends Registration<?>> registrations) {
        registrations.forEach(this::start);
    }

    /// Stops all controllers and waits for the steps they are performing. The informers go on.
    @Override
    public void close() {
        running.forEach(ControllerLoop::close);
        running.clear();
    }

    private <T extends Resource> void start(Registration<T> registration) {
        var events =
                new EventRecorder(client, loops.clock(), registration.name() + "-controller", "");
        var loop = new ControllerLoop<>(registration, client, events, informers, loops);
        running.add(loop);
        loop.start(concurrency);
    }
}
