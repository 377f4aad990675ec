package io.coxswain.controllers;

import io.coxswain.base.Loops;
import io.coxswain.client.Client;
import io.coxswain.client.Informers;
import io.coxswain.client.controller.Registration;
import io.coxswain.client.runtime.ControllerRuntime;
import io.coxswain.controllers.garbage.GarbageCollector;
import io.coxswain.controllers.namespace.NamespaceDeletion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Everything that kube-controller-manager runs: the controllers of a list, the deletion of
/// namespaces and the garbage collector. With several managers, start it when elected and close it
/// when not the leader any more.
public final class ControllerManager implements AutoCloseable {

    private final List<? extends Registration<?>> registrations;
    private final Function<String, Client> clients;
    private final Informers informers;
    private final Loops loops;
    private final List<ControllerRuntime> runtimes = new ArrayList<>();
    private final NamespaceDeletion namespaces;
    private final GarbageCollector garbage;

    /// Every controller acts as `client` does.
    public ControllerManager(
            Client client,
            Informers informers,
            Loops loops,
            List<? extends Registration<?>> registrations) {
        this(account -> client, informers, loops, registrations);
    }

    /// @param clients by the service account that a controller acts as, see [Identities]
    /// @param informers may read everything
    public ControllerManager(
            Function<String, Client> clients,
            Informers informers,
            Loops loops,
            List<? extends Registration<?>> registrations) {
        this.clients = clients;
        this.informers = informers;
        this.loops = loops;
        this.registrations = registrations;
        this.namespaces =
                new NamespaceDeletion(clients.apply(Identities.NAMESPACES), informers, loops);
        this.garbage =
                new GarbageCollector(
                        clients.apply(Identities.GARBAGE_COLLECTOR),
                        informers,
                        loops,
                        GarbageCollector.kindsOf(registrations));
    }

    public void start() {
        for (var registration : registrations) {
            var client = clients.apply(Identities.account(registration.name()));
            var runtime = new ControllerRuntime(client, informers, loops);
            runtimes.add(runtime);
            runtime.start(List.of(registration));
        }
        namespaces.start();
        garbage.start();
    }

    @Override
    public void close() {
        runtimes.forEach(ControllerRuntime::close);
        runtimes.clear();
        namespaces.close();
        garbage.close();
    }
}
