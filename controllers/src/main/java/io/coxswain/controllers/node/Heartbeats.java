package io.coxswain.controllers.node;

import io.coxswain.api.coordination.Lease;
import io.coxswain.api.core.Node;
import io.coxswain.client.controller.View;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// When each node was last heard of, by this process' own clock: a heartbeat counts from when it
/// was first seen here, so a node whose clock is wrong is no dead node.
final class Heartbeats {

    private final Map<String, Heard> byNode = new ConcurrentHashMap<>();

    private record Heard(
            String uid, @Nullable Instant lease, @Nullable Instant status, Instant at) {}

    /// Looks at the node's lease and status and returns when one of them last moved.
    Instant last(Node node, View view) {
        var lease = view.find(Lease.class, "kube-node-lease", node.name());
        var renewed = lease == null ? null : lease.spec().renewTime();
        var ready = NodeTaints.condition(node, "Ready");
        var posted = ready == null ? null : ready.lastHeartbeatTime();
        var now = view.now();
        var heard =
                byNode.compute(
                        node.name(),
                        (name, known) -> {
                            if (known == null || !known.uid().equals(node.uid())) {
                                return new Heard(node.uid(), renewed, posted, now);
                            }
                            return moved(known.lease(), renewed) || moved(known.status(), posted)
                                    ? new Heard(node.uid(), renewed, posted, now)
                                    : known;
                        });
        return heard.at();
    }

    void forget(String node) {
        byNode.remove(node);
    }

    private static boolean moved(@Nullable Instant known, @Nullable Instant seen) {
        return seen != null && !seen.equals(known);
    }
}
