package io.coxswain.apiserver.openapi;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.filters.Filter;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Serves `/openapi/v2`: one document for all kinds, as JSON, or as the protobuf that older kubectl
/// downloads to validate and explain. Made when somebody asks first.
public final class OpenApiV2 {

    private static final String PROTOBUF = "application/com.github.proto-openapi.spec.v2";

    private final Catalog catalog;
    private Json.@Nullable Obj document;
    private @Nullable Payload json;
    private @Nullable Payload protobuf;

    public OpenApiV2(Catalog catalog) {
        this.catalog = catalog;
    }

    public Map<String, Filter.Next> paths() {
        return Map.of("/openapi/v2", this::handle);
    }

    private Response handle(Call call) {
        var accept = call.request().header("accept");
        var wanted = accept == null ? "" : accept;
        if (!wanted.contains(PROTOBUF)) {
            return answer(call, "application/json", json());
        }
        // Clients ask for the type with an @, which no media type can have: the answer has a dot.
        return answer(call, PROTOBUF + ".v1.0+protobuf", protobuf());
    }

    private static Response answer(Call call, String type, Payload payload) {
        var tag = "\"" + Hashes.sha512(payload.bytes()) + "\"";
        var headers = Headers.of("content-type", type, "etag", tag, "vary", "Accept");
        if (tag.equals(call.request().header("if-none-match"))) {
            return new Response.Full(304, headers, Payload.EMPTY);
        }
        return new Response.Full(200, headers, payload);
    }

    private synchronized Payload json() {
        var known = json == null ? Payload.of(JsonWriter.write(document())) : json;
        json = known;
        return known;
    }

    private synchronized Payload protobuf() {
        var known = protobuf == null ? Payload.of(Gnostic.document(document())) : protobuf;
        protobuf = known;
        return known;
    }

    private synchronized Json.Obj document() {
        var known = document == null ? make() : document;
        document = known;
        return known;
    }

    private Json.Obj make() {
        var schemas = new Schemas("#/definitions/");
        var paths = new TreeMap<String, Json>();
        for (var kind : catalog.all()) {
            describe(kind, schemas, paths);
        }
        var info = new LinkedHashMap<String, Json>();
        info.put("title", Json.of("Kubernetes"));
        info.put("version", Json.of("v1.36.0"));
        var fields = new LinkedHashMap<String, Json>();
        fields.put("swagger", Json.of("2.0"));
        fields.put("info", new Json.Obj(info));
        fields.put("paths", Json.object(paths));
        fields.put("definitions", schemas.all());
        return new Json.Obj(fields);
    }

    private static void describe(Served<?> served, Schemas schemas, Map<String, Json> paths) {
        var kind = served.kind();
        var type = kind.type();
        if (type == null) {
            return;
        }
        var names = Schemas.groupVersionKind(kind.group(), kind.version(), kind.kind());
        var one = schemas.reference(type);
        var listName = TypeNames.of(type) + "List";
        var listNames =
                Schemas.groupVersionKind(kind.group(), kind.version(), kind.kind() + "List");
        schemas.add(listName, schemas.list(type, listNames));
        var list = schemas.reference(listName);
        var collection = kind.path(kind.namespaced() ? "{namespace}" : "");
        paths.put(
                collection,
                new PathOperations(kind, names)
                        .add("get", "list", list)
                        .add("post", "post", one)
                        .add("delete", "deletecollection", list)
                        .done());
        paths.put(collection + "/{name}", whole(kind, names, one));
        if (kind.namespaced()) {
            paths.put(
                    kind.path(""), new PathOperations(kind, names).add("get", "list", list).all());
        }
        if (served.strategy().subresources().contains("status")) {
            paths.put(
                    collection + "/{name}/status",
                    new PathOperations(kind, names)
                            .add("get", "get", one)
                            .add("put", "put", one)
                            .add("patch", "patch", one)
                            .named());
        }
    }

    private static Json.Obj whole(ResourceKind<?> kind, Json.Obj names, Json.Obj one) {
        return new PathOperations(kind, names)
                .add("get", "get", one)
                .add("put", "put", one)
                .add("patch", "patch", one)
                .add("delete", "delete", one)
                .named();
    }

    /// The operations of one path while they are put together.
    private static final class PathOperations {
        private final ResourceKind<?> kind;
        private final Json.Obj names;
        private final LinkedHashMap<String, Json> fields = new LinkedHashMap<>();

        PathOperations(ResourceKind<?> kind, Json.Obj names) {
            this.kind = kind;
            this.names = names;
        }

        PathOperations add(String method, String action, Json.Obj answer) {
            var response = new LinkedHashMap<String, Json>();
            response.put("description", Json.of("OK"));
            response.put("schema", answer);
            var operation = new LinkedHashMap<String, Json>();
            if (!method.equals("get")) {
                List<Json> parameters = new ArrayList<>();
                if (method.equals("post") || method.equals("put")) {
                    parameters.add(body(answer));
                }
                parameters.add(parameter("dryRun", "query"));
                if (!method.equals("delete")) {
                    parameters.add(parameter("fieldManager", "query"));
                    parameters.add(parameter("fieldValidation", "query"));
                }
                operation.put("parameters", Json.array(parameters));
            }
            operation.put("responses", Json.object(Map.of("200", new Json.Obj(response))));
            operation.put("x-kubernetes-action", Json.of(action));
            operation.put("x-kubernetes-group-version-kind", names);
            fields.put(method, new Json.Obj(operation));
            return this;
        }

        /// Without a name or namespace in the path.
        Json.Obj all() {
            return new Json.Obj(fields);
        }

        Json.Obj done() {
            return with(List.of());
        }

        Json.Obj named() {
            return with(List.of(parameter("name", "path")));
        }

        private Json.Obj with(List<Json> own) {
            var parameters = new ArrayList<>(own);
            if (kind.namespaced()) {
                parameters.add(parameter("namespace", "path"));
            }
            if (!parameters.isEmpty()) {
                fields.put("parameters", Json.array(parameters));
            }
            return new Json.Obj(fields);
        }

        private static Json.Obj body(Json.Obj schema) {
            var parameter = new LinkedHashMap<String, Json>();
            parameter.put("name", Json.of("body"));
            parameter.put("in", Json.of("body"));
            parameter.put("required", Json.of(true));
            parameter.put("schema", schema);
            return new Json.Obj(parameter);
        }

        private static Json.Obj parameter(String name, String in) {
            var parameter = new LinkedHashMap<String, Json>();
            parameter.put("name", Json.of(name));
            parameter.put("in", Json.of(in));
            parameter.put("type", Json.of("string"));
            if (in.equals("path")) {
                parameter.put("required", Json.of(true));
            }
            return new Json.Obj(parameter);
        }
    }
}
