package io.coxswain.scheduler.framework;

import io.coxswain.scheduler.snapshot.NodeInfo;
import io.coxswain.scheduler.snapshot.PodInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Pods that wait until the node meant for them has been freed. Others that are less important must
/// not take that room in the meantime.
public final class Nominations {

    private final Map<String, Nomination> byUid = new LinkedHashMap<>();

    private record Nomination(PodInfo pod, String node) {}

    public void put(PodInfo pod, String node) {
        byUid.put(pod.uid(), new Nomination(pod, node));
    }

    public void remove(String uid) {
        byUid.remove(uid);
    }

    public boolean empty() {
        return byUid.isEmpty();
    }

    /// The node meant for the pod; empty when there is none.
    public String nodeFor(String uid) {
        var known = byUid.get(uid);
        return known == null ? "" : known.node;
    }

    /// The nodes meant for somebody.
    public List<String> nodes() {
        return byUid.values().stream().map(Nomination::node).distinct().toList();
    }

    /// Who is to come to the node and is at least as important as the pod.
    public List<PodInfo> before(PodInfo pod, NodeInfo node) {
        return byUid.values().stream()
                .filter(one -> one.node.equals(node.name()))
                .map(Nomination::pod)
                .filter(one -> one.priority() >= pod.priority() && !one.uid().equals(pod.uid()))
                .toList();
    }

    /// Who is to come to the node but is less important than the pod.
    public List<PodInfo> after(PodInfo pod, String node) {
        return byUid.values().stream()
                .filter(one -> one.node.equals(node) && one.pod.priority() < pod.priority())
                .map(Nomination::pod)
                .toList();
    }
}
