package io.coxswain.controllers;

import io.coxswain.base.Loops;
import io.coxswain.client.Client;
import io.coxswain.client.Informers;
import io.coxswain.client.controller.Registration;
import io.coxswain.client.runtime.ControllerRuntime;
import io.coxswain.controllers.garbage.GarbageCollector;
import io.coxswain.controllers.namespace.NamespaceDeletion;
import java.util.List;

/// Everything that kube-controller-manager runs: the controllers of a list, the deletion of
/// namespaces and the garbage collector. With several managers, start it when elected and close it
/// when not the leader any more.
public final class ControllerManager implements AutoCloseable {

    private final List<? extends Registration<?>> registrations;
    private final ControllerRuntime runtime;
    private final NamespaceDeletion namespaces;
    private final GarbageCollector garbage;

    public ControllerManager(
            Client client,
            Informers informers,
            Loops loops,
            List<? extends Registration<?>> registrations) {
        this.registrations = registrations;
        this.runtime = new ControllerRuntime(client, informers, loops);
        this.namespaces = new NamespaceDeletion(client, informers, loops);
        this.garbage =
                new GarbageCollector(
                        client, informers, loops, GarbageCollector.kindsOf(registrations));
    }

    public void start() {
        runtime.start(registrations);
        namespaces.start();
        garbage.start();
    }

    @Override
    public void close() {
        runtime.close();
        namespaces.close();
        garbage.close();
    }
}
