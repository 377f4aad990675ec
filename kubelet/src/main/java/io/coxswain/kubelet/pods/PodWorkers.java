package io.coxswain.kubelet.pods;

import io.coxswain.api.core.Pod;
import io.coxswain.base.Loops.Running;
import io.coxswain.client.Informer;
import io.coxswain.kubelet.pod.BackOff;
import io.coxswain.kubelet.pod.PodFormat;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One loop for each pod of this node, from the moment the pod is first seen until nothing of it is
/// left. A worker is woken by changes of its pod, of its containers, of its probes, and by time.
public final class PodWorkers {

    private final PodTools tools;
    private final Informer<Pod> pods;
    private final BackOff backOff = BackOff.standard();
    private final Map<String, Entry> workers = new ConcurrentHashMap<>();

    private record Entry(PodWorker worker, Running running) {}

    /// @param pods the pods of this node, and no others
    public PodWorkers(PodTools tools, Informer<Pod> pods) {
        this.tools = tools;
        this.pods = pods;
    }

    /// From now on pods are run. The informer should have its first list: a pod that it does not
    /// know is one that was deleted.
    public void start() {
        tools.states().onChange(this::wake);
        pods.onChange(this::changed);
    }

    /// Stops looking after pods; their containers run on.
    public void stop() {
        var all = List.copyOf(workers.values());
        workers.clear();
        all.forEach(entry -> entry.running().stop());
    }

    public void wake(String uid) {
        var entry = workers.get(uid);
        if (entry != null) {
            entry.running().wake();
        }
    }

    /// Ends a pod for the node's sake: its status will be Failed with this reason.
    public void evict(String uid, String reason, String message, long graceSeconds) {
        var entry = workers.get(uid);
        if (entry != null) {
            entry.worker().evict(reason, message, graceSeconds);
            entry.running().wake();
        }
    }

    /// Whether this pod is looked after: what the runtime has of others is left over.
    public boolean knows(String uid) {
        return workers.containsKey(uid);
    }

    /// The pods with the statuses this node last reported.
    public List<Pod> pods() {
        return pods.all().map(tools.statuses()::current).toList();
    }

    public @Nullable Pod find(String namespace, String name) {
        return pods.find(namespace, name);
    }

    private void changed(@Nullable Pod before, @Nullable Pod after) {
        if (before != null && (after == null || !before.uid().equals(after.uid()))) {
            wake(before.uid());
        }
        if (after != null) {
            workers.computeIfAbsent(after.uid(), uid -> begin(after)).running().wake();
        }
    }

    private Entry begin(Pod pod) {
        var worker = new PodWorker(tools, new Surroundings(), pod, new PodProgress(backOff));
        var running = tools.loops().start("pod " + PodFormat.pod(pod), worker);
        return new Entry(worker, running);
    }

    /// What a worker sees of everything beyond its own pod.
    final class Surroundings {

        /// The pod as the API has it now; null when it is gone.
        @Nullable Pod current(Pod pod) {
            var current = pods.find(pod.namespace(), pod.name());
            return current != null && current.uid().equals(pod.uid()) ? current : null;
        }

        /// The pods besides `pod` that take up room on this node.
        Collection<Pod> others(Pod pod) {
            return workers.values().stream()
                    .map(Entry::worker)
                    .filter(PodWorker::admitted)
                    .map(PodWorker::pod)
                    .filter(other -> !other.uid().equals(pod.uid()))
                    .toList();
        }

        void wake(Pod pod) {
            PodWorkers.this.wake(pod.uid());
        }

        void over(Pod pod) {
            workers.remove(pod.uid());
            backOff.forget(pod.uid());
        }
    }
}
