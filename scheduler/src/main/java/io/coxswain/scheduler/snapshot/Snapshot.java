package io.coxswain.scheduler.snapshot;

import io.coxswain.api.core.Node;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The cluster as the scheduler sees it: a row (slot) per node, a column per resource.
///
/// A pod is known on at most one node. The scheduler *assumes* a pod on the node it chose, at once;
/// the informer's word about the same pod then replaces the assumption.
public final class Snapshot {

    private final ClusterObjects objects;
    private final ResourceNames names = new ResourceNames();
    private final ChangeLog changes = new ChangeLog();
    private final Map<String, NodeInfo> byName = new HashMap<>();
    private final Map<String, NodeInfo> whereByUid = new HashMap<>();
    private final Map<String, Integer> imageNodes = new HashMap<>();
    private final Deque<Integer> free = new ArrayDeque<>();

    private @Nullable NodeInfo[] nodes = new @Nullable NodeInfo[16];
    private int slots;
    private int known;
    private int cordoned;
    private int tainted;
    private int podsWithTerms;
    private long[][] allocatable = new long[ResourceNames.PODS + 1][16];
    private long[][] requested = new long[ResourceNames.PODS + 1][16];
    private long[] scoredCpu = new long[16];
    private long[] scoredMemory = new long[16];

    public Snapshot(ClusterObjects objects) {
        this.objects = objects;
    }

    /// What else is known of the cluster.
    public ClusterObjects objects() {
        return objects;
    }

    public ResourceNames names() {
        return names;
    }

    public ChangeLog changes() {
        return changes;
    }

    /// One more than the highest slot in use.
    public int slots() {
        return slots;
    }

    /// How many nodes there are.
    public int size() {
        return known;
    }

    /// How many nodes are marked unschedulable.
    public int cordoned() {
        return cordoned;
    }

    /// How many nodes have taints.
    public int tainted() {
        return tainted;
    }

    /// How many placed pods want something of other pods.
    public int podsWithTerms() {
        return podsWithTerms;
    }

    /// How many nodes have an image, by its full name.
    public int nodesWith(String image) {
        return imageNodes.getOrDefault(image, 0);
    }

    /// The node in a slot; null when there is none or it is not known itself.
    public @Nullable NodeInfo at(int slot) {
        var info = nodes[slot];
        return info != null && info.known() ? info : null;
    }

    public @Nullable NodeInfo find(String node) {
        var info = byName.get(node);
        return info != null && info.known() ? info : null;
    }

    public Stream<NodeInfo> nodes() {
        return IntStream.range(0, slots).mapToObj(this::at).flatMap(Stream::ofNullable);
    }

    /// What each node offers of a resource, by slot. Do not change.
    public long[] allocatable(int resource) {
        widen(resource);
        return allocatable[resource];
    }

    /// What the pods on each node ask for of a resource, by slot. Do not change.
    public long[] requested(int resource) {
        widen(resource);
        return requested[resource];
    }

    /// Like [#requested] for CPU, where saying nothing counts as a little.
    public long[] scoredCpu() {
        return scoredCpu;
    }

    public long[] scoredMemory() {
        return scoredMemory;
    }

    public void put(Node node) {
        var info = row(node.name());
        var before = info.known() ? info.node() : null;
        tally(before, -1);
        tally(node, 1);
        images(info, node);
        if (before != null && sameForPods(before, node)) {
            return;
        }
        var amounts = names.amounts(node.status().allocatable());
        widen(amounts.length - 1);
        for (var i = 0; i < allocatable.length; i++) {
            allocatable[i][info.slot()] = i < amounts.length ? amounts[i] : 0;
        }
        changes.add(info.slot(), null, 0);
    }

    public void removeNode(String name) {
        var info = byName.get(name);
        if (info == null || !info.known()) {
            return;
        }
        tally(info.node(), -1);
        images(info, null);
        changes.add(info.slot(), null, 0);
        release(info);
    }

    private void images(NodeInfo info, @Nullable Node node) {
        if (node != null
                && info.known()
                && info.node().status().images().equals(node.status().images())) {
            info.become(node, info.images());
            return;
        }
        for (var name : info.images().keySet()) {
            imageNodes.merge(name, -1, (one, other) -> one + other == 0 ? null : one + other);
        }
        info.become(node, node == null ? Map.of() : sizes(node));
        for (var name : info.images().keySet()) {
            imageNodes.merge(name, 1, Integer::sum);
        }
    }

    private static Map<String, Long> sizes(Node node) {
        var sizes = new HashMap<String, Long>();
        for (var image : node.status().images()) {
            image.names().forEach(name -> sizes.put(name, image.sizeBytes()));
        }
        return sizes;
    }

    private void tally(@Nullable Node node, int sign) {
        if (node != null) {
            known += sign;
            cordoned += node.spec().unschedulable() ? sign : 0;
            tainted += node.spec().taints().isEmpty() ? 0 : sign;
        }
    }

    /// Whether a change of the node is one that no pod would notice, such as a heartbeat.
    private static boolean sameForPods(Node before, Node after) {
        return before.status().allocatable().equals(after.status().allocatable())
                && before.metadata().labels().equals(after.metadata().labels())
                && before.spec().taints().equals(after.spec().taints())
                && before.spec().unschedulable() == after.spec().unschedulable()
                && before.status().images().equals(after.status().images());
    }

    /// Puts the pod on the node, wherever it was before.
    public void put(PodInfo pod, String node) {
        var where = whereByUid.get(pod.uid());
        var before = where == null ? null : where.pod(pod.uid());
        if (where != null && before != null && where.name().equals(node) && pod.standsFor(before)) {
            where.replace(pod);
            return;
        }
        remove(pod.uid());
        var info = row(node);
        take(info, pod);
        whereByUid.put(pod.uid(), info);
        changes.add(info.slot(), pod, 1);
    }

    public void remove(String uid) {
        var info = whereByUid.remove(uid);
        if (info == null) {
            return;
        }
        var pod = info.pod(uid);
        if (pod != null) {
            give(info, pod);
            changes.add(info.slot(), pod, -1);
        }
        release(info);
    }

    /// The node the pod is on; null when it is on none.
    public @Nullable NodeInfo where(String uid) {
        return whereByUid.get(uid);
    }

    /// Puts a pod on a node for the length of a thought: not logged. Undo with [#give].
    public void take(NodeInfo info, PodInfo pod) {
        info.add(pod);
        podsWithTerms += pod.terms().none() ? 0 : 1;
        count(info.slot(), pod.requests(), 1);
    }

    public void give(NodeInfo info, PodInfo pod) {
        info.remove(pod);
        podsWithTerms -= pod.terms().none() ? 0 : 1;
        count(info.slot(), pod.requests(), -1);
    }

    private void count(int slot, Requests requests, int sign) {
        var amounts = requests.amounts();
        widen(amounts.length - 1);
        for (var i = 0; i < amounts.length; i++) {
            requested[i][slot] += sign * amounts[i];
        }
        scoredCpu[slot] += sign * requests.scoredCpu();
        scoredMemory[slot] += sign * requests.scoredMemory();
    }

    private NodeInfo row(String name) {
        var present = byName.get(name);
        if (present != null) {
            return present;
        }
        var reused = free.poll();
        var slot = reused == null ? slots++ : reused;
        if (slot == nodes.length) {
            lengthen(slot * 2);
        }
        var info = new NodeInfo(name, slot);
        nodes[slot] = info;
        byName.put(name, info);
        return info;
    }

    private void release(NodeInfo info) {
        if (!info.empty()) {
            return;
        }
        byName.remove(info.name());
        nodes[info.slot()] = null;
        for (var column : allocatable) {
            column[info.slot()] = 0;
        }
        free.push(info.slot());
    }

    private void widen(int resource) {
        if (resource < allocatable.length) {
            return;
        }
        var before = allocatable.length;
        allocatable = Arrays.copyOf(allocatable, resource + 1);
        requested = Arrays.copyOf(requested, resource + 1);
        for (var i = before; i <= resource; i++) {
            allocatable[i] = new long[nodes.length];
            requested[i] = new long[nodes.length];
        }
    }

    private void lengthen(int length) {
        nodes = Arrays.copyOf(nodes, length);
        for (var i = 0; i < allocatable.length; i++) {
            allocatable[i] = Arrays.copyOf(allocatable[i], length);
            requested[i] = Arrays.copyOf(requested[i], length);
        }
        scoredCpu = Arrays.copyOf(scoredCpu, length);
        scoredMemory = Arrays.copyOf(scoredMemory, length);
    }
}
