package io.coxswain.apiserver.admission.optional;

import io.coxswain.api.core.Pod;
import io.coxswain.api.json.Json;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.config.KubeconfigServer;
import io.coxswain.apiserver.remote.Remembered;
import io.coxswain.base.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Asks somebody else whether the images of a pod may run, and remembers the answer for a while.
/// The containers of every sort are asked about.
public final class ImagePolicyWebhook implements AdmissionPlugin {

    private static final String FAILED_OPEN = "image-policy.webhook.admission.k8s.io/failed-open";
    private static final String MARK = ".image-policy.k8s.io/";
    private static final int KEPT_MAX = 1024;

    private final UnaryOperator<Json.Obj> backend;
    private final boolean allowsByDefault;
    private final Duration keepsAllowed;
    private final Duration keepsDenied;
    private final Remembered<Json.Obj, Json.Obj> answers;

    /// @param backend answers an ImageReview; throws [KubeconfigServer.Failed]
    /// @param configuration `allowTTL`, `denyTTL` and `defaultAllow`
    public ImagePolicyWebhook(
            UnaryOperator<Json.Obj> backend, Json.Obj configuration, Clock clock) {
        this.backend = backend;
        this.answers = new Remembered<>(KEPT_MAX, clock);
        this.allowsByDefault = Json.of(true).equals(configuration.get("defaultAllow"));
        this.keepsAllowed = seconds(configuration, "allowTTL", 300);
        this.keepsDenied = seconds(configuration, "denyTTL", 30);
    }

    private static Duration seconds(Json.Obj configuration, String name, int otherwise) {
        return configuration.get(name) instanceof Json.Int(var given)
                ? Duration.ofSeconds(given)
                : Duration.ofSeconds(otherwise);
    }

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        if (!(object instanceof Pod pod) || !PodImages.brings(request, pod)) {
            return;
        }
        var status = status(request, review(request, pod));
        if (status == null) {
            return;
        }
        status.object("auditAnnotations")
                .fields()
                .forEach((key, value) -> {
                    if (value instanceof Json.Str(var text)) {
                        request.annotate("imagepolicywebhook.image-policy.k8s.io/" + key, text);
                    }
                });
        if (!Json.of(true).equals(status.get("allowed"))) {
            var reason = status.text("reason");
            throw request.forbidden(
                    reason.isEmpty()
                            ? "one or more images rejected by webhook backend"
                            : "image policy webhook backend denied one or more images: " + reason);
        }
    }

    /// Null when nobody answers and that does not matter.
    private Json.@Nullable Obj status(AdmissionRequest<?> request, Json.Obj spec) {
        var known = answers.find(spec);
        if (known != null) {
            return known;
        }
        try {
            var question = new LinkedHashMap<String, Json>();
            question.put("apiVersion", Json.of("imagepolicy.k8s.io/v1alpha1"));
            question.put("kind", Json.of("ImageReview"));
            question.put("spec", spec);
            var status = backend.apply(new Json.Obj(question)).object("status");
            var allowed = Json.of(true).equals(status.get("allowed"));
            answers.put(spec, status, allowed ? keepsAllowed : keepsDenied);
            return status;
        } catch (KubeconfigServer.Failed failure) {
            if (!allowsByDefault) {
                throw request.forbidden(String.valueOf(failure.getMessage()));
            }
            request.annotate(FAILED_OPEN, "true");
            return null;
        }
    }

    private static Json.Obj review(AdmissionRequest<?> request, Pod pod) {
        var containers = new ArrayList<Json>();
        for (var image : PodImages.of(pod)) {
            containers.add(Json.EMPTY.with("image", Json.of(image)));
        }
        var annotations = new TreeMap<String, Json>();
        pod.metadata()
                .annotations()
                .forEach((key, value) -> {
                    if (key.contains(MARK)) {
                        annotations.put(key, Json.of(value));
                    }
                });
        var spec = new LinkedHashMap<String, Json>();
        spec.put("containers", Json.array(List.copyOf(containers)));
        spec.put("annotations", new Json.Obj(new LinkedHashMap<>(annotations)));
        spec.put("namespace", Json.of(request.namespace()));
        return new Json.Obj(spec);
    }
}
