package io.coxswain.scheduler.snapshot;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec.Affinity;
import io.coxswain.api.core.PodSpec.TopologySpreadConstraint;
import io.coxswain.api.core.Toleration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A pod, with what scheduling needs to know of it worked out once.
public final class PodInfo {

    private final Pod pod;
    private final Requests requests;
    private final List<HostPort> hostPorts;
    private final PodTerms terms;
    private @Nullable Signature signature;

    /// All that decides where a pod may go. Pods with the same one are interchangeable.
    private record Signature(
            String namespace,
            Map<String, String> labels,
            String nodeName,
            Map<String, String> nodeSelector,
            @Nullable Affinity affinity,
            List<Toleration> tolerations,
            List<TopologySpreadConstraint> spread,
            Requests requests,
            List<HostPort> hostPorts,
            List<String> images) {}

    private PodInfo(Pod pod, Requests requests, List<HostPort> hostPorts, PodTerms terms) {
        this.pod = pod;
        this.requests = requests;
        this.hostPorts = hostPorts;
        this.terms = terms;
    }

    public static PodInfo of(Pod pod, ResourceNames names) {
        return new PodInfo(pod, Requests.of(pod, names), HostPort.of(pod), PodTerms.of(pod));
    }

    public Pod pod() {
        return pod;
    }

    public String uid() {
        return pod.uid();
    }

    public Map<String, String> labels() {
        return pod.metadata().labels();
    }

    public int priority() {
        var priority = pod.spec().priority();
        return priority == null ? 0 : priority;
    }

    public Requests requests() {
        return requests;
    }

    public List<HostPort> hostPorts() {
        return hostPorts;
    }

    /// What it wants of other pods.
    public PodTerms terms() {
        return terms;
    }

    /// Equal for pods that every plugin treats alike. Null when that cannot be told from the pod
    /// alone, as with volumes.
    public @Nullable Object signature() {
        var spec = pod.spec();
        if (spec.volumes().stream()
                .anyMatch(one -> one.persistentVolumeClaim() != null || one.ephemeral() != null)) {
            return null;
        }
        if (signature == null) {
            signature =
                    new Signature(
                            pod.namespace(),
                            labels(),
                            spec.nodeName(),
                            spec.nodeSelector(),
                            spec.affinity(),
                            spec.tolerations(),
                            spec.topologySpreadConstraints(),
                            requests,
                            hostPorts,
                            Stream.concat(
                                            spec.initContainers().stream(),
                                            spec.containers().stream())
                                    .map(Container::image)
                                    .toList());
        }
        return signature;
    }

    /// Whether other pods would not notice if this one took the other's place on its node.
    boolean standsFor(PodInfo other) {
        return requests.equals(other.requests)
                && hostPorts.equals(other.hostPorts)
                && labels().equals(other.labels())
                && priority() == other.priority()
                && pod.deleting() == other.pod.deleting()
                && terms.equals(other.terms);
    }

    @Override
    public String toString() {
        return pod.namespace() + "/" + pod.name();
    }
}
