package io.coxswain.cluster;

import io.coxswain.base.Loops;
import io.coxswain.client.Client;
import io.coxswain.client.runtime.LeaderElection;
import io.coxswain.client.runtime.LeaderElection.Candidacy;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A component of which several are started and one works: it runs while this process holds the
/// lease, and stops when the lease is lost. The others stand by.
public final class Candidate implements Part {

    private static final Logger LOG = LoggerFactory.getLogger(Candidate.class);

    private final Supplier<? extends AutoCloseable> component;
    private final LeaderElection election;
    private final Loops loops;
    private Loops.@Nullable Running running;
    private @Nullable AutoCloseable working;

    /// @param component starts the component each time that it is elected
    public Candidate(
            Client client,
            Loops loops,
            Candidacy candidacy,
            Supplier<? extends AutoCloseable> component) {
        this.loops = loops;
        this.component = component;
        this.election =
                new LeaderElection(
                        client, loops.clock(), new Random(), candidacy, this::begin, this::end);
    }

    public void start() {
        running = loops.start("leader election", election);
    }

    public boolean leading() {
        return election.leading();
    }

    private synchronized void begin() {
        working = component.get();
    }

    private synchronized void end() {
        var last = working;
        working = null;
        try {
            if (last != null) {
                last.close();
            }
        } catch (Exception e) {
            LOG.warn("the component did not stop cleanly", e);
        }
    }

    /// Stands by no longer, without a word to the others: as if the process had been killed.
    void vanish() {
        var loop = running;
        if (loop != null) {
            loop.stop();
        }
        end();
    }

    /// Stops working first, and then lets another take over at once.
    @Override
    public void close() {
        vanish();
        election.release();
    }
}
