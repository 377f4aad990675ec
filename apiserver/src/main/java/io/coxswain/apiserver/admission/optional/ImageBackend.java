package io.coxswain.apiserver.admission.optional;

import io.coxswain.api.json.Json;
import java.util.function.UnaryOperator;

/// The server that a kubeconfig file names, as the backend of [ImagePolicyWebhook].
public final class ImageBackend {

    private ImageBackend() {}

    /// Throws [IllegalArgumentException] when the file cannot be used.
    public static UnaryOperator<Json.Obj> of(String file) {
        throw new IllegalArgumentException("kubeConfigFile: Required value " + file);
    }
}
