package io.coxswain.apiserver.openapi;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.Statuses;
import io.coxswain.apiserver.discovery.Directory;
import io.coxswain.apiserver.discovery.ResourceEntry;
import io.coxswain.apiserver.filters.Filter;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Serves `/openapi/v3`: an index of group versions with hashes, and a document for each.
public final class OpenApi {

    private final Map<String, List<ResourceEntry>> described;
    private final Types types;
    private final Map<String, Payload> documents = new ConcurrentHashMap<>();

    public OpenApi(Catalog catalog, Directory directory) {
        this.described = Paths.documents(directory.groups());
        this.types = new Types(catalog);
    }

    public Map<String, Filter.Next> paths() {
        return Map.of("/openapi/v3", this::index, "/openapi/v3/", this::document);
    }

    private Response index(Call call) {
        var paths = new LinkedHashMap<String, Json>();
        for (var path : described.keySet()) {
            var url = "/openapi/v3/" + path + "?hash=" + Hashes.sha512(payload(path).bytes());
            paths.put(path, Json.object(Map.of("serverRelativeURL", Json.of(url))));
        }
        var index = Json.object(Map.of("paths", new Json.Obj(paths)));
        return Response.of(200, "application/json", Payload.of(JsonWriter.write(index)));
    }

    private Response document(Call call) {
        var path = call.info().path().substring("/openapi/v3/".length());
        if (!described.containsKey(path)) {
            return Statuses.noSuchPath();
        }
        var payload = payload(path);
        var hash = Hashes.sha512(payload.bytes());
        var asked = call.query().first("hash");
        if (asked != null && !asked.isEmpty() && !asked.equals(hash)) {
            // What the caller knows is out of date: the new address is the one to remember.
            return new Response.Full(
                    301,
                    Headers.of("location", "/openapi/v3/" + path + "?hash=" + hash),
                    Payload.EMPTY);
        }
        var tag = "\"" + hash + "\"";
        var headers = Headers.of("content-type", "application/json", "etag", tag, "vary", "Accept");
        if (asked != null && !asked.isEmpty()) {
            headers = headers.with("cache-control", "public, immutable, max-age=31536000");
        }
        if (tag.equals(call.request().header("if-none-match"))) {
            return new Response.Full(304, headers, Payload.EMPTY);
        }
        return new Response.Full(200, headers, payload);
    }

    private Payload payload(String path) {
        return documents.computeIfAbsent(path, key -> Payload.of(JsonWriter.write(make(key))));
    }

    private Json.Obj make(String path) {
        var schemas = new Schemas(Version3.REFS);
        var paths = new Paths(schemas, types);
        var entries = described.getOrDefault(path, List.of());
        if (entries.isEmpty()) {
            paths.addRoots(path);
            return Version3.document(paths, schemas, path.substring(path.indexOf('/') + 1));
        }
        paths.addVersion(entries);
        var first = entries.getFirst();
        return Version3.document(paths, schemas, new Ids(first.group(), first.version()).tag());
    }
}
