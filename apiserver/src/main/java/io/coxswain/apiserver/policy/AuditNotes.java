package io.coxswain.apiserver.policy;

import io.coxswain.api.admissionregistration.ValidatingAdmissionPolicyBinding;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.apiserver.admission.AdmissionRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the policies of the cluster have to say about one request in its audit event.
final class AuditNotes {

    private static final String FAILURES = "validation.policy.admission.k8s.io/validation_failure";
    private static final int VALUE_CHARS_MAX = 10 * 1024;

    private final Map<String, Set<String>> annotations = new LinkedHashMap<>();
    private final List<Json> failures = new ArrayList<>();

    /// Several bindings may have something to say under one key.
    void annotate(String key, String value) {
        if (!value.isEmpty()) {
            var cut =
                    value.length() > VALUE_CHARS_MAX ? value.substring(0, VALUE_CHARS_MAX) : value;
            annotations.computeIfAbsent(key, any -> new LinkedHashSet<>()).add(cut);
        }
    }

    void failed(
            String policy,
            ValidatingAdmissionPolicyBinding binding,
            ValidatingRun.Failure failure) {
        var tree = new LinkedHashMap<String, Json>();
        tree.put("message", Json.of(failure.message()));
        tree.put("policy", Json.of(policy));
        tree.put("binding", Json.of(binding.name()));
        tree.put("expressionIndex", new Json.Int(Math.max(0, failure.index())));
        tree.put(
                "validationActions",
                Json.array(
                        List.<Json>copyOf(
                                binding.spec().validationActions().stream()
                                        .map(Json::of)
                                        .toList())));
        failures.add(new Json.Obj(tree));
    }

    void publish(AdmissionRequest<?> request) {
        annotations.forEach((key, values) -> request.annotate(key, String.join(", ", values)));
        if (!failures.isEmpty()) {
            request.annotate(
                    FAILURES,
                    new String(
                            JsonWriter.write(Json.array(List.copyOf(failures))),
                            StandardCharsets.UTF_8));
        }
    }
}
