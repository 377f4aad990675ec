package io.coxswain.apiserver.verbs;

import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.registry.Served;

/// Tells callers that a kind will not be there for ever.
final class Deprecations {

    private Deprecations() {}

    static void warn(Call call, Served<?> kind) {
        if (!kind.kind().group().isEmpty()) {
            return;
        }
        switch (kind.kind().plural()) {
            case "componentstatuses" -> call.warn("v1 ComponentStatus is deprecated in v1.19+");
            case "endpoints" ->
                    call.warn(
                            "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1"
                                    + " EndpointSlice");
            default -> {}
        }
    }
}
