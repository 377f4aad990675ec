package io.coxswain.scheduler.snapshot;

import io.coxswain.api.core.Pod;
import java.util.List;
import java.util.Map;

/// A pod, with what scheduling needs to know of it worked out once.
public final class PodInfo {

    private final Pod pod;
    private final Requests requests;
    private final List<HostPort> hostPorts;

    private PodInfo(Pod pod, Requests requests, List<HostPort> hostPorts) {
        this.pod = pod;
        this.requests = requests;
        this.hostPorts = hostPorts;
    }

    public static PodInfo of(Pod pod, ResourceNames names) {
        return new PodInfo(pod, Requests.of(pod, names), HostPort.of(pod));
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

    @Override
    public String toString() {
        return pod.namespace() + "/" + pod.name();
    }
}
