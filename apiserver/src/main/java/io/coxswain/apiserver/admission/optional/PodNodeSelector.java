package io.coxswain.apiserver.admission.optional;

import io.coxswain.api.core.Namespace;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Edit;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.Objects;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The pods of a namespace run only on the nodes that its annotation, or the configuration,
/// selects.
///
/// @param configuration a selector for each namespace, and `clusterDefaultNodeSelector`
public record PodNodeSelector(Objects objects, Json.Obj configuration) implements AdmissionPlugin {

    private static final String ANNOTATION = "scheduler.alpha.kubernetes.io/node-selector";
    private static final String DEFAULT = "clusterDefaultNodeSelector";

    @Override
    @SuppressWarnings("unchecked")
    public <T> T mutate(AdmissionRequest<T> request, T object) {
        if (!request.creates("pods") || !(object instanceof Pod pod)) {
            return object;
        }
        var wanted = selector(request);
        var own = pod.spec().nodeSelector();
        for (var entry : wanted.entrySet()) {
            var value = own.get(entry.getKey());
            if (value != null && !value.equals(entry.getValue())) {
                throw request.forbidden(
                        "pod node label selector conflicts with its namespace node label selector");
            }
        }
        var all = new LinkedHashMap<>(wanted);
        all.putAll(own);
        return (T) Edit.with(pod, Pod::spec, Edit.with(pod.spec(), PodSpec::nodeSelector, all));
    }

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        if (!request.creates("pods") || !(object instanceof Pod pod)) {
            return;
        }
        var own = pod.spec().nodeSelector();
        for (var entry : selector(request).entrySet()) {
            var value = own.get(entry.getKey());
            if (value != null && !value.equals(entry.getValue())) {
                throw request.forbidden(
                        "pod node label selector conflicts with its namespace node label selector");
            }
        }
        var allowed = parse(request, configuration.text(request.namespace()));
        var conflicts =
                own.entrySet().stream()
                        .anyMatch(entry ->
                                allowed.containsKey(entry.getKey())
                                        && !entry.getValue().equals(allowed.get(entry.getKey())));
        if (conflicts) {
            throw request.forbidden(
                    "pod node label selector labels conflict with its namespace whitelist");
        }
    }

    private Map<String, String> selector(AdmissionRequest<?> request) {
        var namespace = objects.find(Namespace.class, "", request.namespace());
        return parse(request, text(namespace));
    }

    private String text(@Nullable Namespace namespace) {
        var own = namespace == null ? null : namespace.metadata().annotations().get(ANNOTATION);
        return own == null ? configuration.text(DEFAULT) : own;
    }

    private static Map<String, String> parse(AdmissionRequest<?> request, String text) {
        var labels = new LinkedHashMap<String, String>();
        for (var part : text.split(",")) {
            if (part.isBlank()) {
                continue;
            }
            var pair = part.split("=", 2);
            if (pair.length != 2) {
                throw request.forbidden("invalid selector: [" + part + "]");
            }
            labels.put(pair[0].strip(), pair[1].strip());
        }
        return labels;
    }
}
