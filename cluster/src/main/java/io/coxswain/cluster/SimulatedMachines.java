package io.coxswain.cluster;

import io.coxswain.api.core.Node;
import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.apiserver.User;
import io.coxswain.base.Loops;
import io.coxswain.client.Client;
import io.coxswain.client.ListQuery;
import io.coxswain.client.informer.SharedInformers;
import io.coxswain.client.runtime.ControllerRuntime;
import io.coxswain.controllers.simulated.SimulatedNodes;
import java.util.HashSet;
import java.util.Random;

/// Nodes that run nothing: pods bound to them become ready at once, and end when they are deleted.
final class SimulatedMachines implements Part {

    private static final String PREFIX = "simulated-";

    private final SharedInformers informers;
    private final ControllerRuntime runtime;

    private SimulatedMachines(SharedInformers informers, ControllerRuntime runtime) {
        this.informers = informers;
        this.runtime = runtime;
    }

    /// Makes nodes `simulated-1` to `simulated-N` be there, and no simulated one beyond.
    static SimulatedMachines start(ControlPlane plane, int count, Loops loops) {
        var client = plane.client(User.of(SimulatedNodes.USER, User.AUTHENTICATED), "kubelet");
        var setup = plane.client(User.of("system:cluster-setup", User.MASTERS), "cox");
        SimulatedNodes.grant(setup);
        arrange(client, count);
        var informers = new SharedInformers(client, loops, new Random());
        var runtime = new ControllerRuntime(client, informers, loops);
        runtime.start(SimulatedNodes.ALL);
        return new SimulatedMachines(informers, runtime);
    }

    private static void arrange(Client client, int count) {
        var wanted = new HashSet<String>();
        for (var i = 1; i <= count; i++) {
            wanted.add(PREFIX + i);
        }
        for (var node : client.list(Node.class, ListQuery.ALL).items()) {
            if (SimulatedNodes.simulated(node) && !wanted.remove(node.name())) {
                client.delete(Node.class, "", node.name(), Edit.of(DeleteOptions.class).done());
            }
        }
        for (var name : wanted) {
            try {
                client.create(SimulatedNodes.node(name));
            } catch (ApiError error) {
                if (!error.alreadyExists()) {
                    throw error;
                }
            }
        }
    }

    @Override
    public void close() {
        runtime.close();
        informers.close();
    }
}
