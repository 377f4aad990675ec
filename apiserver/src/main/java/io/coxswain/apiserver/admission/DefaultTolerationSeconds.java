package io.coxswain.apiserver.admission;

import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.Toleration;
import io.coxswain.api.schema.Edit;
import java.util.ArrayList;
import java.util.List;

/// Pods stay five minutes on a node that stops answering, unless they say otherwise.
record DefaultTolerationSeconds() implements AdmissionPlugin {

    private static final long SECONDS = 300;
    private static final List<String> KEYS =
            List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");

    @Override
    @SuppressWarnings("unchecked")
    public <T> T mutate(AdmissionRequest<T> request, T object) {
        if (!request.creates("pods") || !(object instanceof Pod pod)) {
            return object;
        }
        var tolerations = new ArrayList<>(pod.spec().tolerations());
        for (var key : KEYS) {
            if (tolerations.stream().noneMatch(toleration -> tolerates(toleration, key))) {
                tolerations.add(
                        Edit.of(Toleration.class)
                                .set(Toleration::key, key)
                                .set(Toleration::operator, "Exists")
                                .set(Toleration::effect, "NoExecute")
                                .set(Toleration::tolerationSeconds, SECONDS)
                                .done());
            }
        }
        return (T)
                Edit.with(pod, Pod::spec, Edit.with(pod.spec(), PodSpec::tolerations, tolerations));
    }

    private static boolean tolerates(Toleration toleration, String key) {
        return (toleration.key().isEmpty() || toleration.key().equals(key))
                && (toleration.effect().isEmpty() || toleration.effect().equals("NoExecute"));
    }
}
