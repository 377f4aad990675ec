package io.coxswain.testkit;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.Yaml;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.client.Client;
import io.coxswain.client.Discovery;
import io.coxswain.http.Payload;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import java.util.List;

/// Sends manifests to a cluster as kubectl does: strictly, so that an unknown field is an error.
final class Manifests {

    private final Client client;

    Manifests(Client client) {
        this.client = client;
    }

    /// Server-side apply of every document.
    void apply(String yaml) {
        for (var object : documents(yaml)) {
            var query =
                    Query.EMPTY
                            .with("fieldManager", "test")
                            .with("force", "true")
                            .with("fieldValidation", "Strict");
            var kind = kind(object);
            var path = kind.path(namespace(kind, object), name(object));
            client.json(
                    Request.of("PATCH", path)
                            .withQuery(query)
                            .withBody("application/apply-patch+yaml", body(object)));
        }
    }

    /// A POST of every document.
    void create(String yaml) {
        for (var object : documents(yaml)) {
            var kind = kind(object);
            var query = Query.EMPTY.with("fieldManager", "test").with("fieldValidation", "Strict");
            client.json(
                    Request.of("POST", kind.path(namespace(kind, object)))
                            .withQuery(query)
                            .withBody("application/yaml", body(object)));
        }
    }

    private static List<Json.Obj> documents(String yaml) {
        return Yaml.readAll(yaml).stream()
                .filter(Json.Obj.class::isInstance)
                .map(Json.Obj.class::cast)
                .toList();
    }

    private static Payload body(Json.Obj object) {
        return Payload.of(Yaml.write(object));
    }

    private ResourceKind<Json.Obj> kind(Json.Obj object) {
        return Discovery.of(client).resources().stream()
                .map(Discovery.Resource::kind)
                .filter(it -> it.kind().equals(object.text("kind")))
                .filter(it -> it.apiVersion().equals(object.text("apiVersion")))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "no matches for kind \""
                                        + object.text("kind")
                                        + "\" in version \""
                                        + object.text("apiVersion")
                                        + "\""));
    }

    private static String namespace(ResourceKind<?> kind, Json.Obj object) {
        if (!kind.namespaced()) {
            return "";
        }
        var namespace = object.object("metadata").text("namespace");
        return namespace.isEmpty() ? "default" : namespace;
    }

    private static String name(Json.Obj object) {
        return object.object("metadata").text("name");
    }
}
