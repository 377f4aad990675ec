package io.coxswain.apiserver.openapi;

import io.coxswain.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one method of a path does, before it is written as version 2 or 3 of OpenAPI.
///
/// @param action as `x-kubernetes-action` says it; empty for documents
/// @param id unique in the whole API: code generators name functions by it
/// @param kind what the operation is about; null for documents
record Operation(
        String method, String action, String id, @Nullable GroupVersionKind kind, Shape shape) {

    /// A kind by its three names.
    record GroupVersionKind(String group, String version, String kind) {}

    /// What travels in both directions.
    ///
    /// @param body the schema of the request's body; empty for none
    /// @param answer the schema of the answer; empty for text
    /// @param codes with which it succeeds
    record Shape(String body, String answer, List<Integer> codes, List<Parameter> parameters) {
        private Shape with(List<Parameter> more) {
            var all = new ArrayList<>(parameters);
            all.addAll(more);
            return new Shape(body, answer, codes, List.copyOf(all));
        }
    }

    Operation with(List<Parameter> more) {
        return new Operation(method, action, id, kind, shape.with(more));
    }

    static final List<String> PATCHES =
            List.of(
                    "application/apply-patch+yaml",
                    "application/json-patch+json",
                    "application/merge-patch+json",
                    "application/strategic-merge-patch+json");

    /// What Kubernetes' own readers of a document look for.
    Map<String, Json> extensions() {
        return kind == null
                ? Map.of()
                : Map.of(
                        "x-kubernetes-action",
                        Json.of(action),
                        "x-kubernetes-group-version-kind",
                        Schemas.groupVersionKind(kind.group(), kind.version(), kind.kind()));
    }

    /// The media types of the body.
    List<String> consumes() {
        return method.equals("patch") && action.equals("patch") ? PATCHES : List.of("*/*");
    }

    /// The media types of the answer.
    List<String> produces() {
        var plain =
                List.of(
                        "application/json",
                        "application/vnd.kubernetes.protobuf",
                        "application/yaml");
        if (action.equals("connect")) {
            return List.of("*/*");
        }
        if (id.endsWith("PodLog")) {
            return List.of(
                    "application/json",
                    "application/vnd.kubernetes.protobuf",
                    "application/yaml",
                    "text/plain");
        }
        if (!action.startsWith("watch") && !action.equals("list")) {
            return plain;
        }
        var streamed = new ArrayList<>(plain);
        streamed.add("application/json;stream=watch");
        streamed.add("application/vnd.kubernetes.protobuf;stream=watch");
        return List.copyOf(streamed);
    }
}
