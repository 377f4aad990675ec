package io.coxswain.controllers.daemonset;

import io.coxswain.api.apps.DaemonSet;
import io.coxswain.api.core.Node;
import io.coxswain.api.core.NodeSelector;
import io.coxswain.api.core.NodeSelector.NodeSelectorRequirement;
import io.coxswain.api.core.NodeSelector.NodeSelectorTerm;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.PodSpec.Affinity;
import io.coxswain.api.core.PodSpec.NodeAffinity;
import io.coxswain.api.core.Toleration;
import io.coxswain.api.schema.Edit;
import io.coxswain.controllers.history.History;
import io.coxswain.controllers.node.TaintEviction;
import io.coxswain.controllers.pods.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The pods of a DaemonSet: where one belongs, what it tolerates and how it is pinned to its node.
final class DaemonPods {

    private DaemonPods() {}

    /// Whether a pod should be on a node.
    enum Place {
        WANTED,
        /// No new pod, but one that runs may stay.
        TOLERATED,
        UNWANTED
    }

    static Place place(DaemonSet set, Node node) {
        var spec = tolerant(set.spec().template().spec());
        var named = spec.nodeName();
        if ((!named.isEmpty() && !named.equals(node.name())) || !NodeMatch.fits(spec, node)) {
            return Place.UNWANTED;
        }
        var place = Place.WANTED;
        for (var taint : node.spec().taints()) {
            var tolerated =
                    spec.tolerations().stream()
                            .anyMatch(toleration -> TaintEviction.tolerates(toleration, taint));
            if (!tolerated && taint.effect().equals("NoExecute")) {
                return Place.UNWANTED;
            }
            if (!tolerated && taint.effect().equals("NoSchedule")) {
                place = Place.TOLERATED;
            }
        }
        return place;
    }

    static Pod create(DaemonSet set, String node, String hash) {
        var pod =
                Templates.labelled(
                        Templates.pod(set.spec().template(), set), Map.of(History.HASH, hash));
        return Templates.with(pod, pinned(tolerant(pod.spec()), node));
    }

    /// The node a pod is on or pinned to; `""` when it is neither.
    static String node(Pod pod) {
        if (!pod.spec().nodeName().isEmpty()) {
            return pod.spec().nodeName();
        }
        var affinity = pod.spec().affinity() == null ? null : pod.spec().affinity().nodeAffinity();
        var required =
                affinity == null ? null : affinity.requiredDuringSchedulingIgnoredDuringExecution();
        if (required == null) {
            return "";
        }
        return required.nodeSelectorTerms().stream()
                .flatMap(term -> term.matchFields().stream())
                .filter(field -> field.key().equals("metadata.name"))
                .flatMap(field -> field.values().stream())
                .findFirst()
                .orElse("");
    }

    /// Daemons stay on nodes that are not ready or short of something.
    private static PodSpec tolerant(PodSpec spec) {
        var all = new ArrayList<>(spec.tolerations());
        add(all, "node.kubernetes.io/not-ready", "NoExecute");
        add(all, "node.kubernetes.io/unreachable", "NoExecute");
        add(all, "node.kubernetes.io/disk-pressure", "NoSchedule");
        add(all, "node.kubernetes.io/memory-pressure", "NoSchedule");
        add(all, "node.kubernetes.io/pid-pressure", "NoSchedule");
        add(all, "node.kubernetes.io/unschedulable", "NoSchedule");
        if (spec.hostNetwork()) {
            add(all, "node.kubernetes.io/network-unavailable", "NoSchedule");
        }
        return Edit.with(spec, PodSpec::tolerations, List.copyOf(all));
    }

    private static void add(List<Toleration> tolerations, String key, String effect) {
        var fresh = new Toleration(key, "Exists", "", effect, null);
        tolerations.removeIf(known -> known.key().equals(key) && known.effect().equals(effect));
        tolerations.add(fresh);
    }

    /// The scheduler places the pod, but only this node will do.
    private static PodSpec pinned(PodSpec spec, String node) {
        var field = new NodeSelectorRequirement("metadata.name", "In", List.of(node));
        var selector = new NodeSelector(List.of(new NodeSelectorTerm(List.of(), List.of(field))));
        var affinity = spec.affinity();
        var nodeAffinity = affinity == null ? null : affinity.nodeAffinity();
        var pinned =
                new NodeAffinity(
                        selector,
                        nodeAffinity == null
                                ? List.of()
                                : nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution());
        return Edit.with(
                spec,
                PodSpec::affinity,
                affinity == null
                        ? new Affinity(pinned, null, null)
                        : Edit.with(affinity, Affinity::nodeAffinity, pinned));
    }
}
