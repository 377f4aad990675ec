package io.coxswain.cluster.commands;

import io.coxswain.base.Clock;
import io.coxswain.base.Loops;
import io.coxswain.base.ThreadLoops;
import io.coxswain.client.ApiClient;
import io.coxswain.client.Client;
import io.coxswain.client.informer.SharedInformers;
import io.coxswain.client.runtime.LeaderElection.Candidacy;
import io.coxswain.cluster.Candidate;
import io.coxswain.cluster.Interrupts;
import java.util.Random;

/// One component in a process of its own, until Ctrl-C.
///
/// @param port where it answers about its health unless told otherwise
record Component(String name, int port, Start start) {

    /// Starts the component; closing what it returns stops it.
    @FunctionalInterface
    interface Start {
        AutoCloseable start(Client client, SharedInformers informers, Loops loops);
    }

    int run(ComponentFlags flags) {
        var candidacy = flags.candidacy(name);
        try (var http = flags.connect();
                var loops = new ThreadLoops(Clock.SYSTEM);
                var _ = flags.serve(name, port)) {
            var client = new ApiClient(http, name);
            try (var informers = new SharedInformers(client, loops, new Random());
                    var _ = work(flags, candidacy, client, informers, loops)) {
                System.out.println(name + " is running.");
                Interrupts.await();
                System.out.println("Stopping …");
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return 0;
    }

    private AutoCloseable work(
            ComponentFlags flags,
            Candidacy candidacy,
            Client client,
            SharedInformers informers,
            Loops loops) {
        if (!flags.leaderElect()) {
            return start.start(client, informers, loops);
        }
        var candidate =
                new Candidate(
                        client, loops, candidacy, () -> start.start(client, informers, loops));
        candidate.start();
        return candidate;
    }
}
