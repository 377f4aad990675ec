package io.coxswain.scheduler.snapshot;

import io.coxswain.api.core.Node;
import io.coxswain.api.core.Node.Taint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A node and the pods on it, assumed ones included. Its amounts are in the snapshot's columns.
public final class NodeInfo {

    private final String name;
    private final int slot;
    private @Nullable Node node;
    private final Map<String, PodInfo> pods = new LinkedHashMap<>();
    private int withTerms;
    private Map<String, Long> images = Map.of();
    private final List<HostPort> usedPorts = new ArrayList<>();

    NodeInfo(String name, int slot) {
        this.name = name;
        this.slot = slot;
    }

    public String name() {
        return name;
    }

    /// Its row in the columns.
    public int slot() {
        return slot;
    }

    /// Whether the node itself is known; pods may be known earlier and longer than their node.
    public boolean known() {
        return node != null;
    }

    public Node node() {
        if (node == null) {
            throw new IllegalStateException("node " + name + " is not known");
        }
        return node;
    }

    public Map<String, String> labels() {
        return node().metadata().labels();
    }

    public List<Taint> taints() {
        return node().spec().taints();
    }

    public Collection<PodInfo> pods() {
        return pods.values();
    }

    /// The images it has, with their sizes in bytes.
    public Map<String, Long> images() {
        return images;
    }

    /// Whether some pod here wants something of other pods.
    public boolean hasTerms() {
        return withTerms > 0;
    }

    public List<HostPort> usedPorts() {
        return usedPorts;
    }

    void become(@Nullable Node fresh, Map<String, Long> freshImages) {
        node = fresh;
        images = freshImages;
    }

    public @Nullable PodInfo pod(String uid) {
        return pods.get(uid);
    }

    void add(PodInfo pod) {
        pods.put(pod.uid(), pod);
        withTerms += pod.terms().none() ? 0 : 1;
        usedPorts.addAll(pod.hostPorts());
    }

    void replace(PodInfo pod) {
        pods.put(pod.uid(), pod);
    }

    void remove(PodInfo pod) {
        pods.remove(pod.uid());
        withTerms -= pod.terms().none() ? 0 : 1;
        pod.hostPorts().forEach(usedPorts::remove);
    }

    boolean empty() {
        return node == null && pods.isEmpty();
    }

    @Override
    public String toString() {
        return name;
    }
}
