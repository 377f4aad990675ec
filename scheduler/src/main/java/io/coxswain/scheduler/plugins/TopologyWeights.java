package io.coxswain.scheduler.plugins;

import io.coxswain.scheduler.framework.Rejection;
import io.coxswain.scheduler.snapshot.NodeInfo;
import io.coxswain.scheduler.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A number for each domain of several topology labels: how many pods there, or how welcome.
final class TopologyWeights {

    private final Snapshot snapshot;
    private final List<Topology> topologies = new ArrayList<>();

    /// How many domains have a number other than 0.
    private int filled;

    private record Topology(String key, Domains domains, long[] weights) {}

    TopologyWeights(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    boolean empty() {
        return filled == 0;
    }

    /// Adds to the domain that the node belongs to; does nothing when it lacks the label.
    boolean add(String key, NodeInfo node, long weight) {
        var topology = topology(key);
        var domain = topology.domains.bySlot()[node.slot()];
        if (domain < 0 || weight == 0) {
            return false;
        }
        var before = topology.weights[domain];
        topology.weights[domain] += weight;
        filled += (topology.weights[domain] == 0 ? 0 : 1) - (before == 0 ? 0 : 1);
        return true;
    }

    long get(String key, NodeInfo node) {
        var topology = topology(key);
        var domain = topology.domains.bySlot()[node.slot()];
        return domain < 0 ? 0 : topology.weights[domain];
    }

    boolean labelled(String key, NodeInfo node) {
        return topology(key).domains.bySlot()[node.slot()] >= 0;
    }

    /// Rejects every node whose domain has a number above 0.
    void rejectFilled(String key, Rejection why, @Nullable Rejection[] rejections) {
        rejectFilled(topology(key), why, rejections);
    }

    /// The same for all labels.
    void rejectFilled(Rejection why, @Nullable Rejection[] rejections) {
        if (filled > 0) {
            topologies.forEach(topology -> rejectFilled(topology, why, rejections));
        }
    }

    private static void rejectFilled(
            Topology topology, Rejection why, @Nullable Rejection[] rejections) {
        var domains = topology.domains.bySlot();
        for (var slot = 0; slot < rejections.length; slot++) {
            var domain = domains[slot];
            if (domain >= 0 && topology.weights[domain] > 0 && rejections[slot] == null) {
                rejections[slot] = why;
            }
        }
    }

    /// The sum over all labels.
    long sum(NodeInfo node) {
        var sum = 0L;
        for (var topology : topologies) {
            var domain = topology.domains.bySlot()[node.slot()];
            sum += domain < 0 ? 0 : topology.weights[domain];
        }
        return sum;
    }

    private Topology topology(String key) {
        for (var topology : topologies) {
            if (topology.key.equals(key)) {
                return topology;
            }
        }
        var domains = Domains.of(snapshot, key);
        var fresh = new Topology(key, domains, new long[domains.size()]);
        topologies.add(fresh);
        return fresh;
    }
}
