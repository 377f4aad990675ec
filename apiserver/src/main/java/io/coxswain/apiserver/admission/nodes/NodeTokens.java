package io.coxswain.apiserver.admission.nodes;

import io.coxswain.api.authentication.TokenRequest.TokenRequestSpec;
import io.coxswain.api.core.PersistentVolume;
import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Volume;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.storage.CSIDriver;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.Objects;
import io.coxswain.apiserver.authorization.Attributes;
import io.coxswain.apiserver.authorization.Authorizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A node asks for tokens only for the pods on it, and for the audiences that their volumes name.
public record NodeTokens(Objects objects, Authorizer authorizer) {

    private static final String VERB = "request-serviceaccounts-token-audience";

    void check(AdmissionRequest<?> request, String node, TokenRequestSpec spec) {
        var bound = spec.boundObjectRef();
        if (bound == null
                || !bound.apiVersion().equals("v1")
                || !bound.kind().equals("Pod")
                || bound.name().isEmpty()) {
            throw request.forbidden("node requested token not bound to a pod");
        }
        if (bound.uid().isEmpty()) {
            throw request.forbidden("node requested token with a pod binding without a uid");
        }
        var pod = objects.find(Pod.class, request.namespace(), bound.name());
        if (pod == null) {
            throw Errors.notFound("", "pods", bound.name());
        }
        if (!pod.uid().equals(bound.uid())) {
            throw request.forbidden(
                    "the UID in the bound object reference ("
                            + bound.uid()
                            + ") does not match the UID in record. The object might have been"
                            + " deleted and then recreated");
        }
        if (!pod.spec().nodeName().equals(node)) {
            throw request.forbidden(
                    "node requested token bound to a pod scheduled on a different node");
        }
        audience(request, spec.audiences(), pod);
    }

    private void audience(AdmissionRequest<?> request, List<String> audiences, Pod pod) {
        if (audiences.size() > 1) {
            throw request.forbidden("node may only request 0 or 1 audiences");
        }
        var wanted = audiences.isEmpty() ? "" : audiences.getFirst();
        if (pod.spec().volumes().stream().anyMatch(volume -> names(pod, volume, wanted))) {
            return;
        }
        var question =
                new Attributes(
                        request.user(),
                        VERB,
                        "",
                        request.namespace(),
                        wanted,
                        "",
                        request.name(),
                        "");
        if (!wanted.isEmpty() && authorizer.authorize(question) instanceof Authorizer.Allowed) {
            return;
        }
        throw request.forbidden(
                "audience \""
                        + wanted
                        + "\" not found in pod spec volume, "
                        + request.user().name()
                        + " is not authorized to request tokens for this audience");
    }

    private boolean names(Pod pod, Volume volume, String audience) {
        var projected = volume.projected();
        if (projected != null) {
            for (var source : projected.sources()) {
                var token = source.serviceAccountToken();
                if (token != null && token.audience().equals(audience)) {
                    return true;
                }
            }
        }
        var driver = driver(pod, volume);
        var known = driver == null ? null : objects.find(CSIDriver.class, "", driver);
        return known != null
                && known.spec().tokenRequests().stream()
                        .anyMatch(it -> it.audience().equals(audience));
    }

    /// The CSI driver behind a volume: inline, or by its claim.
    private @Nullable String driver(Pod pod, Volume volume) {
        var inline = volume.csi();
        if (inline != null) {
            return inline.driver();
        }
        var named = volume.persistentVolumeClaim();
        var name =
                named != null
                        ? named.claimName()
                        : volume.ephemeral() != null ? pod.name() + "-" + volume.name() : "";
        var claim =
                name.isEmpty()
                        ? null
                        : objects.find(PersistentVolumeClaim.class, pod.namespace(), name);
        var claimed =
                claim == null || claim.spec().volumeName().isEmpty()
                        ? null
                        : objects.find(PersistentVolume.class, "", claim.spec().volumeName());
        var driver = claimed == null ? null : claimed.spec().csi();
        return driver == null ? null : driver.driver();
    }
}
