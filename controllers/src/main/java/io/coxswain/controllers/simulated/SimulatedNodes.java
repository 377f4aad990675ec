package io.coxswain.controllers.simulated;

import io.coxswain.api.coordination.Lease;
import io.coxswain.api.core.Node;
import io.coxswain.api.core.Pod;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.RecordType;
import io.coxswain.client.Client;
import io.coxswain.client.controller.Registration;
import io.coxswain.client.controller.Registration.NamespacedName;
import io.coxswain.client.controller.View;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The controllers of simulated nodes, and how such a node is asked for.
public final class SimulatedNodes {

    static final String ANNOTATION = "coxswain.io/simulated";

    /// As whom they act, all of them.
    public static final String USER = "system:simulated-nodes";

    public static final List<Registration<?>> ALL =
            List.of(
                    Registration.of("simulated-node", Node.class, new SimulatedNode())
                            .reads(Lease.class),
                    Registration.of("simulated-pod", Pod.class, new SimulatedPod())
                            .watches(Node.class, SimulatedNodes::podsOf));

    private SimulatedNodes() {}

    /// Lets [#USER] do what kubelets do.
    ///
    /// @param client may grant rights
    public static void grant(Client client) {
        SimulatedRights.grant(client, USER);
    }

    /// A node to create; it becomes ready by itself. Without the annotation its heartbeats end, as
    /// if somebody had pulled the plug.
    public static Node node(String name) {
        var metadata =
                Edit.of(ObjectMeta.class)
                        .set(ObjectMeta::name, name)
                        .set(
                                ObjectMeta::labels,
                                Map.of(
                                        "kubernetes.io/hostname", name,
                                        "kubernetes.io/os", "linux",
                                        "kubernetes.io/arch", "amd64"))
                        .set(ObjectMeta::annotations, Map.of(ANNOTATION, "true"))
                        .done();
        return Edit.with(RecordType.of(Node.class).empty(), Node::metadata, metadata);
    }

    public static boolean simulated(Node node) {
        return "true".equals(node.metadata().annotations().get(ANNOTATION));
    }

    /// A node that appears may find pods bound to it already.
    private static Stream<NamespacedName> podsOf(Node node, View view) {
        return simulated(node) && !SimulatedNode.ready(node)
                ? view.all(Pod.class)
                        .filter(pod -> pod.spec().nodeName().equals(node.name()))
                        .map(NamespacedName::of)
                : Stream.empty();
    }
}
