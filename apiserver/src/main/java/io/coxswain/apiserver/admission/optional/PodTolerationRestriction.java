package io.coxswain.apiserver.admission.optional;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.core.Namespace;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.Toleration;
import io.coxswain.api.core.pods.PodResources;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.schema.Edit;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.Objects;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The pods of a namespace get the tolerations that its annotation, or the configuration, says, and
/// have no others than it allows.
///
/// @param configuration `default` and `whitelist`, for namespaces that say nothing
public record PodTolerationRestriction(Objects objects, Json.Obj configuration)
        implements AdmissionPlugin {

    private static final String PREFIX = "scheduler.alpha.kubernetes.io/";
    private static final String PRESSURE = "node.kubernetes.io/memory-pressure";

    @Override
    @SuppressWarnings("unchecked")
    public <T> T mutate(AdmissionRequest<T> request, T object) {
        if (!request.creates("pods") || !(object instanceof Pod pod)) {
            return object;
        }
        var all = new ArrayList<>(pod.spec().tolerations());
        var added = tolerations(request, "defaultTolerations", "default");
        var merged = added == null ? all : Tolerations.merged(all, added);
        if (!PodResources.qosClass(pod.spec()).equals("BestEffort")) {
            merged =
                    Tolerations.merged(merged, List.of(Tolerations.exists(PRESSURE, "NoSchedule")));
        }
        return (T) Edit.with(pod, Pod::spec, Edit.with(pod.spec(), PodSpec::tolerations, merged));
    }

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        var writes = request.creates("pods") || request.updates("pods");
        if (!writes || !(object instanceof Pod pod) || pod.spec().tolerations().isEmpty()) {
            return;
        }
        var allowed = tolerations(request, "tolerationsWhitelist", "whitelist");
        if (allowed != null && !Tolerations.within(pod.spec().tolerations(), allowed)) {
            throw request.forbidden(
                    "pod tolerations (possibly merged with namespace default tolerations) conflict"
                            + " with its namespace whitelist");
        }
    }

    /// What the namespace says, else what is configured; null when neither says anything.
    private @Nullable List<Toleration> tolerations(
            AdmissionRequest<?> request, String annotation, String field) {
        var namespace = objects.find(Namespace.class, "", request.namespace());
        var text =
                namespace == null
                        ? null
                        : namespace.metadata().annotations().get(PREFIX + annotation);
        if (text == null) {
            return configuration.get(field) == null ? null : read(configuration.items(field));
        }
        if (text.isEmpty()) {
            return List.of();
        }
        try {
            var tree = JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
            return tree instanceof Json.Arr(var items) ? read(items) : List.of();
        } catch (DecodeError e) {
            throw request.forbidden(String.valueOf(e.getMessage()));
        }
    }

    private static List<Toleration> read(List<Json> items) {
        var all = new ArrayList<Toleration>();
        for (var item : items) {
            if (item instanceof Json.Obj tree) {
                all.add(RecordReader.fromTree(Toleration.class, tree, new Problems()));
            }
        }
        return all;
    }
}
