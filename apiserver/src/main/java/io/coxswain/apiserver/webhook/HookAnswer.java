package io.coxswain.apiserver.webhook;

import io.coxswain.api.json.Json;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// What a webhook answered, checked.
///
/// @param patch JSON patch operations; empty for none
/// @param status what the caller is to be told about a refusal; may be empty
record HookAnswer(boolean allowed, Json.Obj status, byte[] patch, List<String> warnings) {

    /// Reads an answer; throws [HookCaller.Unreachable] for one that breaks the protocol.
    static HookAnswer of(Json.Obj review, String uid, String version, boolean mayPatch) {
        var kind = review.text("kind");
        var apiVersion = review.text("apiVersion");
        if (!kind.equals("AdmissionReview") || !apiVersion.equals("admission.k8s.io/" + version)) {
            throw new HookCaller.Unreachable(
                    "expected webhook response of admission.k8s.io/"
                            + version
                            + ", Kind=AdmissionReview, got "
                            + apiVersion
                            + ", Kind="
                            + kind);
        }
        if (!(review.get("response") instanceof Json.Obj response)) {
            throw new HookCaller.Unreachable("webhook response was absent");
        }
        if (!response.text("uid").equals(uid)) {
            throw new HookCaller.Unreachable(
                    "expected response.uid=\"" + uid + "\", got \"" + response.text("uid") + "\"");
        }
        var patch = patch(response);
        var type = response.text("patchType");
        if (patch.length > 0 && !mayPatch) {
            throw new HookCaller.Unreachable("validating webhook may not return response.patch");
        }
        if (patch.length > 0 && type.isEmpty()) {
            throw new HookCaller.Unreachable(
                    "webhook returned response.patch but not response.patchType");
        }
        if (patch.length > 0 && !type.equals("JSONPatch")) {
            throw new HookCaller.Unreachable("invalid response.patchType \"" + type + "\"");
        }
        var warnings = new ArrayList<String>();
        for (var warning : response.items("warnings")) {
            if (warning instanceof Json.Str(var text)) {
                warnings.add(text);
            }
        }
        return new HookAnswer(
                response.get("allowed") instanceof Json.Bool(var allowed) && allowed,
                response.object("status"),
                patch,
                warnings);
    }

    private static byte[] patch(Json.Obj response) {
        try {
            return Base64.getDecoder().decode(response.text("patch"));
        } catch (IllegalArgumentException e) {
            throw new HookCaller.Unreachable("response.patch is not base64");
        }
    }
}
