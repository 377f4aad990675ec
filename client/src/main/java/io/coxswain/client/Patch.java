package io.coxswain.client;

import io.coxswain.api.json.Json;

/// The body of a PATCH and how the server is to understand it.
///
/// @param subresource `status`, `scale` …, or empty for the object itself
/// @param fieldManager who applies, for server-side apply; empty otherwise
public record Patch(Type type, Json body, String subresource, String fieldManager, boolean force) {

    /// The patch formats of the API.
    public enum Type {
        JSON("application/json-patch+json"),
        MERGE("application/merge-patch+json"),
        STRATEGIC("application/strategic-merge-patch+json"),
        APPLY("application/apply-patch+yaml");

        private final String contentType;

        Type(String contentType) {
            this.contentType = contentType;
        }

        public String contentType() {
            return contentType;
        }
    }

    public static Patch merge(Json body) {
        return new Patch(Type.MERGE, body, "", "", false);
    }

    public static Patch strategic(Json body) {
        return new Patch(Type.STRATEGIC, body, "", "", false);
    }

    public static Patch apply(Json body, String fieldManager) {
        return new Patch(Type.APPLY, body, "", fieldManager, true);
    }

    public Patch on(String other) {
        return new Patch(type, body, other, fieldManager, force);
    }
}
