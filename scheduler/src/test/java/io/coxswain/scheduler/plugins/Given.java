package io.coxswain.scheduler.plugins;

import io.coxswain.api.core.Pod;
import io.coxswain.client.fixture.NodeNoun;
import io.coxswain.client.fixture.PodNoun;
import io.coxswain.scheduler.framework.FilterPlugin;
import io.coxswain.scheduler.framework.Placement;
import io.coxswain.scheduler.framework.Plugin;
import io.coxswain.scheduler.framework.PodVerdict;
import io.coxswain.scheduler.framework.Profile;
import io.coxswain.scheduler.framework.Profile.Entry;
import io.coxswain.scheduler.framework.ScorePlugin;
import io.coxswain.scheduler.snapshot.ClusterObjects;
import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.Snapshot;
import java.util.List;
import java.util.TreeMap;

/// A cluster to ask one plugin about.
final class Given {

    final Snapshot snapshot;

    private Given(ClusterObjects objects) {
        snapshot = new Snapshot(objects);
    }

    static Given nodes(NodeNoun... nodes) {
        return nodes(ClusterObjects.NONE, nodes);
    }

    static Given nodes(ClusterObjects objects, NodeNoun... nodes) {
        var given = new Given(objects);
        for (var node : nodes) {
            given.snapshot.put(node.build());
        }
        return given;
    }

    /// Puts a pod on the node that it names.
    Given with(PodNoun noun) {
        var pod = noun.build();
        snapshot.put(info(pod), pod.spec().nodeName());
        return this;
    }

    /// Why the plugin rejects each node, by name; `ok` where it does not, `!` before a reason that
    /// removing pods would not change.
    String filter(FilterPlugin plugin, PodNoun pod) {
        var info = info(pod.build());
        if (plugin.look(info, snapshot) instanceof PodVerdict.Never(var rejection)) {
            return "never: " + String.join(", ", rejection.reasons());
        }
        var placement = placement(pod, plugin, 0);
        var answers = new TreeMap<String, String>();
        snapshot.nodes()
                .forEach(node -> {
                    var rejection = placement.rejection(node.slot());
                    answers.put(
                            node.name(),
                            rejection == null
                                    ? "ok"
                                    : (rejection.resolvable() ? "" : "!")
                                            + String.join(", ", rejection.reasons()));
                });
        return answers.toString();
    }

    /// The normalised score of each node, by name.
    String score(ScorePlugin plugin, PodNoun pod) {
        var placement = placement(pod, plugin, 1);
        var scores = new TreeMap<String, Integer>();
        snapshot.nodes()
                .forEach(node -> {
                    if (placement.rejection(node.slot()) == null) {
                        scores.put(node.name(), placement.total(node.slot()));
                    }
                });
        return scores.toString();
    }

    Placement placement(PodNoun pod, Plugin plugin, int weight) {
        return new Placement(
                new Profile(List.of(new Entry(plugin, weight))), info(pod.build()), snapshot);
    }

    PodInfo info(Pod pod) {
        return PodInfo.of(pod, snapshot.names());
    }
}
