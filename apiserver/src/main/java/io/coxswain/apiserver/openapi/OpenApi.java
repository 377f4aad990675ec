package io.coxswain.apiserver.openapi;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.Statuses;
import io.coxswain.apiserver.filters.Filter;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Serves `/openapi/v3`: an index of group versions with hashes, and a document for each.
public final class OpenApi {

    private static final String REFS = "#/components/schemas/";
    private static final List<String> WRITES = List.of("put", "post", "patch");

    private final Map<String, List<Served<?>>> byGroupVersion = new TreeMap<>();
    private final Map<String, Payload> documents = new ConcurrentHashMap<>();

    public OpenApi(Catalog catalog) {
        for (var kind : catalog.all()) {
            byGroupVersion.computeIfAbsent(path(kind), key -> new ArrayList<>()).add(kind);
        }
    }

    public Map<String, Filter.Next> paths() {
        return Map.of("/openapi/v3", this::index, "/openapi/v3/", this::document);
    }

    private Response index(Call call) {
        var paths = new LinkedHashMap<String, Json>();
        for (var path : byGroupVersion.keySet()) {
            var url = "/openapi/v3/" + path + "?hash=" + hash(payload(path).bytes());
            paths.put(path, Json.object(Map.of("serverRelativeURL", Json.of(url))));
        }
        var index = Json.object(Map.of("paths", new Json.Obj(paths)));
        return Response.of(200, "application/json", Payload.of(JsonWriter.write(index)));
    }

    private Response document(Call call) {
        var path = call.info().path().substring("/openapi/v3/".length());
        if (!byGroupVersion.containsKey(path)) {
            return Statuses.noSuchPath();
        }
        var payload = payload(path);
        var tag = "\"" + hash(payload.bytes()) + "\"";
        var headers = Headers.of("content-type", "application/json", "etag", tag);
        if (tag.equals(call.request().header("if-none-match"))) {
            return new Response.Full(304, headers, Payload.EMPTY);
        }
        return new Response.Full(200, headers, payload);
    }

    private Payload payload(String path) {
        return documents.computeIfAbsent(path, key -> Payload.of(JsonWriter.write(make(key))));
    }

    private Json.Obj make(String path) {
        var schemas = new Schemas(REFS);
        var paths = new TreeMap<String, Json>();
        for (var kind : byGroupVersion.getOrDefault(path, List.of())) {
            describe(kind, schemas, paths);
        }
        var info = new LinkedHashMap<String, Json>();
        info.put("title", Json.of("Kubernetes"));
        info.put("version", Json.of("v1.36.0"));
        var document = new LinkedHashMap<String, Json>();
        document.put("openapi", Json.of("3.0.0"));
        document.put("info", new Json.Obj(info));
        document.put("paths", Json.object(paths));
        document.put("components", Json.object(Map.of("schemas", schemas.all())));
        return new Json.Obj(document);
    }

    private static void describe(Served<?> served, Schemas schemas, Map<String, Json> paths) {
        var kind = served.kind();
        var type = kind.type();
        if (type == null) {
            return;
        }
        var names = Schemas.groupVersionKind(kind.group(), kind.version(), kind.kind());
        var reference = schemas.reference(type);
        var listName = TypeNames.of(type) + "List";
        schemas.add(
                listName,
                schemas.list(
                        type,
                        Schemas.groupVersionKind(
                                kind.group(), kind.version(), kind.kind() + "List")));
        var collection = kind.path(kind.namespaced() ? "{namespace}" : "");
        paths.put(
                collection,
                operations(List.of("get", "post", "delete"), names, reference, kind.namespaced()));
        paths.put(
                collection + "/{name}",
                operations(
                        List.of("get", "put", "patch", "delete"),
                        names,
                        reference,
                        kind.namespaced()));
        if (kind.namespaced()) {
            paths.put(
                    kind.path(""),
                    operations(List.of("get"), names, schemas.reference(listName), false));
        }
        for (var subresource : served.strategy().subresources()) {
            if (subresource.equals("status")) {
                paths.put(
                        collection + "/{name}/status",
                        operations(
                                List.of("get", "put", "patch"),
                                names,
                                reference,
                                kind.namespaced()));
            }
        }
    }

    private static Json.Obj operations(
            List<String> methods, Json.Obj names, Json.Obj reference, boolean namespaced) {
        var operations = new LinkedHashMap<String, Json>();
        for (var method : methods) {
            operations.put(method, operation(method, names, reference));
        }
        var parameters = new ArrayList<Json>();
        if (namespaced) {
            parameters.add(parameter("namespace", "path"));
        }
        parameters.add(parameter("pretty", "query"));
        operations.put("parameters", Json.array(parameters));
        return new Json.Obj(operations);
    }

    private static Json.Obj operation(String method, Json.Obj names, Json.Obj reference) {
        var content = Json.object(Map.of("schema", reference));
        var response = new LinkedHashMap<String, Json>();
        response.put("description", Json.of("OK"));
        response.put("content", Json.object(Map.of("application/json", content)));
        var operation = new LinkedHashMap<String, Json>();
        if (WRITES.contains(method)) {
            operation.put(
                    "parameters",
                    Json.array(
                            List.of(
                                    parameter("dryRun", "query"),
                                    parameter("fieldManager", "query"),
                                    parameter("fieldValidation", "query"))));
        }
        operation.put("responses", Json.object(Map.of("200", new Json.Obj(response))));
        operation.put(
                "x-kubernetes-action",
                Json.of(method.equals("post") ? "post" : method.toLowerCase(Locale.ROOT)));
        operation.put("x-kubernetes-group-version-kind", names);
        return new Json.Obj(operation);
    }

    private static Json.Obj parameter(String name, String in) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("name", Json.of(name));
        fields.put("in", Json.of(in));
        if (in.equals("path")) {
            fields.put("required", Json.of(true));
        }
        fields.put("schema", Schemas.typed("string", ""));
        return new Json.Obj(fields);
    }

    private static String path(Served<?> kind) {
        var names = kind.kind();
        return names.group().isEmpty()
                ? "api/" + names.version()
                : "apis/" + names.group() + "/" + names.version();
    }

    private static String hash(byte[] document) {
        try {
            var digest = MessageDigest.getInstance("SHA-512").digest(document);
            return HexFormat.of().withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
