package io.coxswain.kubelet.pod;

import io.coxswain.api.core.ObjectReference;
import io.coxswain.api.core.Pod;
import io.coxswain.kubelet.events.Events;

/// Tells users what happens to a pod and its containers.
public final class PodEvents {

    private final Events events;

    public PodEvents(Events events) {
        this.events = events;
    }

    public void normal(Pod pod, String reason, String message) {
        events.emit(reference(pod, ""), Events.NORMAL, reason, message);
    }

    public void warning(Pod pod, String reason, String message) {
        events.emit(reference(pod, ""), Events.WARNING, reason, message);
    }

    public void normal(Pod pod, PodContainer container, String reason, String message) {
        events.emit(reference(pod, container.fieldPath()), Events.NORMAL, reason, message);
    }

    public void warning(Pod pod, PodContainer container, String reason, String message) {
        events.emit(reference(pod, container.fieldPath()), Events.WARNING, reason, message);
    }

    private static ObjectReference reference(Pod pod, String fieldPath) {
        return new ObjectReference(
                "Pod",
                pod.namespace(),
                pod.name(),
                pod.uid(),
                "v1",
                pod.metadata().resourceVersion(),
                fieldPath);
    }
}
