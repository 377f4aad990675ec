package io.coxswain.apiserver.webhook;

import io.coxswain.api.json.Json;
import io.coxswain.apiserver.remote.CallFailed;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a webhook answered, checked.
///
/// @param patch JSON patch operations; empty for none
/// @param status what the caller is to be told about a refusal; may be empty
/// @param annotations for the audit event
record HookAnswer(
        boolean allowed,
        Json.Obj status,
        byte[] patch,
        List<String> warnings,
        Map<String, String> annotations) {

    /// Reads an answer; throws [CallFailed] for one that breaks the protocol.
    static HookAnswer of(Json.Obj review, String uid, String version, boolean mutating) {
        var strict = version.equals("v1");
        if (strict) {
            checkKind(review);
        }
        if (!(review.get("response") instanceof Json.Obj response)) {
            throw new CallFailed("webhook response was absent");
        }
        if (strict && !response.text("uid").equals(uid)) {
            throw new CallFailed(
                    "expected response.uid=\"" + uid + "\", got \"" + response.text("uid") + "\"");
        }
        var patch = patch(response);
        if (strict) {
            checkPatch(response, patch, mutating);
        }
        var warnings = new ArrayList<String>();
        for (var warning : response.items("warnings")) {
            if (warning instanceof Json.Str(var text)) {
                warnings.add(text);
            }
        }
        var annotations = new LinkedHashMap<String, String>();
        response.object("auditAnnotations")
                .fields()
                .forEach((key, value) -> {
                    if (value instanceof Json.Str(var text)) {
                        annotations.put(key, text);
                    }
                });
        return new HookAnswer(
                response.get("allowed") instanceof Json.Bool(var allowed) && allowed,
                response.object("status"),
                mutating ? patch : new byte[0],
                warnings,
                annotations);
    }

    private static void checkKind(Json.Obj review) {
        var kind = review.text("kind");
        var apiVersion = review.text("apiVersion");
        if (!kind.equals("AdmissionReview") || !apiVersion.equals("admission.k8s.io/v1")) {
            throw new CallFailed(
                    "expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got "
                            + apiVersion
                            + ", Kind="
                            + kind);
        }
    }

    private static void checkPatch(Json.Obj response, byte[] patch, boolean mutating) {
        var type = response.get("patchType") instanceof Json.Str(var text) ? text : null;
        if (!mutating) {
            if (patch.length > 0) {
                throw new CallFailed("validating webhook may not return response.patch");
            }
            if (type != null) {
                throw new CallFailed("validating webhook may not return response.patchType");
            }
            return;
        }
        if (patch.length > 0 && type == null) {
            throw new CallFailed("webhook returned response.patch but not response.patchType");
        }
        if (patch.length == 0 && type != null) {
            throw new CallFailed("webhook returned response.patchType but not response.patch");
        }
        if (type != null && type.isEmpty()) {
            throw new CallFailed("webhook returned invalid response.patchType of \"\"");
        }
        if (type != null && !type.equals("JSONPatch")) {
            throw new CallFailed("unsupported patch type \"" + type + "\"");
        }
    }

    private static byte[] patch(Json.Obj response) {
        try {
            return Base64.getDecoder().decode(response.text("patch"));
        } catch (IllegalArgumentException e) {
            throw new CallFailed("response.patch is not base64");
        }
    }
}
