package io.coxswain.kubelet.pod;

import io.coxswain.api.core.Pod;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// The labels and annotations that tie a sandbox or container to its pod, under upstream's names.
/// They are the kubelet's memory: after a restart everything is read back from them.
public final class ContainerMetadata {

    public static final String POD_NAME = "io.kubernetes.pod.name";
    public static final String POD_NAMESPACE = "io.kubernetes.pod.namespace";
    public static final String POD_UID = "io.kubernetes.pod.uid";
    public static final String CONTAINER_NAME = "io.kubernetes.container.name";

    public static final String HASH = "io.kubernetes.container.hash";
    public static final String RESTART_COUNT = "io.kubernetes.container.restartCount";
    public static final String MESSAGE_PATH = "io.kubernetes.container.terminationMessagePath";
    public static final String MESSAGE_POLICY = "io.kubernetes.container.terminationMessagePolicy";
    public static final String GRACE = "io.kubernetes.pod.terminationGracePeriod";

    private static final int FNV_OFFSET = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    private ContainerMetadata() {}

    /// What identifies the pod on its sandboxes.
    public static Map<String, String> sandboxLabels(Pod pod) {
        var labels = new HashMap<>(pod.metadata().labels());
        labels.put(POD_NAME, pod.name());
        labels.put(POD_NAMESPACE, pod.namespace());
        labels.put(POD_UID, pod.uid());
        return labels;
    }

    public static Map<String, String> containerLabels(Pod pod, String container) {
        return Map.of(
                POD_NAME, pod.name(),
                POD_NAMESPACE, pod.namespace(),
                POD_UID, pod.uid(),
                CONTAINER_NAME, container);
    }

    public static Map<String, String> containerAnnotations(
            Pod pod, PodContainer container, int restartCount) {
        var annotations = new HashMap<String, String>();
        annotations.put(HASH, hash(container));
        annotations.put(RESTART_COUNT, Integer.toString(restartCount));
        annotations.put(MESSAGE_PATH, container.spec().terminationMessagePath());
        annotations.put(MESSAGE_POLICY, container.spec().terminationMessagePolicy());
        var grace = pod.spec().terminationGracePeriodSeconds();
        if (grace != null) {
            annotations.put(GRACE, Long.toString(grace));
        }
        return annotations;
    }

    /// Changes when the container must be made anew: the image is all that may change in place.
    public static String hash(PodContainer container) {
        var text = container.name() + "\0" + container.spec().image();
        var hash = FNV_OFFSET;
        for (var b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        return Integer.toHexString(hash);
    }

    /// The number an annotation holds, or `otherwise`.
    public static int number(Map<String, String> annotations, String name, int otherwise) {
        try {
            return Integer.parseInt(annotations.getOrDefault(name, ""));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
