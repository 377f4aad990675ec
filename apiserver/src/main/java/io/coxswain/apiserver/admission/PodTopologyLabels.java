package io.coxswain.apiserver.admission;

import io.coxswain.api.core.Node;
import io.coxswain.api.core.Pod;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A pod that is given to a node carries the node's zone and region as labels.
public record PodTopologyLabels(Objects objects) implements AdmissionPlugin {

    private static final List<String> LABELS =
            List.of("topology.kubernetes.io/zone", "topology.kubernetes.io/region");

    @Override
    @SuppressWarnings("unchecked")
    public <T> T mutate(AdmissionRequest<T> request, T object) {
        if (!request.creates("pods")
                || !(object instanceof Pod pod)
                || pod.spec().nodeName().isEmpty()) {
            return object;
        }
        return (T) with(pod, objects.find(Node.class, "", pod.spec().nodeName()));
    }

    /// The pod with the labels of its node, if that is known.
    public static Pod with(Pod pod, @Nullable Node node) {
        if (node == null) {
            return pod;
        }
        var labels = new LinkedHashMap<>(pod.metadata().labels());
        for (var label : LABELS) {
            var value = node.metadata().labels().get(label);
            if (value != null) {
                labels.put(label, value);
            }
        }
        return labels.equals(pod.metadata().labels())
                ? pod
                : Edit.with(
                        pod, Pod::metadata, Edit.with(pod.metadata(), ObjectMeta::labels, labels));
    }
}
