package io.coxswain.apiserver.openapi;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.Statuses;
import io.coxswain.apiserver.aggregation.Aggregator;
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

/// Serves `/openapi/v3`: an index of group versions with hashes, and a document for each; what
/// other servers publish is in the index, and they are asked for it.
public final class OpenApi {

    private final Directory directory;
    private final Aggregator aggregator;
    private final Types types;
    private final Map<String, Known> documents = new ConcurrentHashMap<>();
    private volatile Described described;

    /// What is described, by path.
    private record Described(
            Map<String, Map<String, List<ResourceEntry>>> groups,
            Map<String, List<ResourceEntry>> paths) {}

    /// A document and what it is about: other entries make another document.
    private record Known(List<ResourceEntry> entries, Payload document) {}

    public OpenApi(Catalog catalog, Directory directory, Aggregator aggregator) {
        this.directory = directory;
        this.aggregator = aggregator;
        this.described = new Described(directory.groups(), Paths.documents(directory.groups()));
        this.types = new Types(catalog);
    }

    @SuppressWarnings("ReferenceEquality") // The directory is the same until a kind changes.
    private Map<String, List<ResourceEntry>> described() {
        var known = described;
        var groups = directory.groups();
        if (known.groups != groups) {
            known = new Described(groups, Paths.documents(groups));
            described = known;
        }
        return known.paths;
    }

    public Map<String, Filter.Next> paths() {
        return Map.of("/openapi/v3", this::index, "/openapi/v3/", this::document);
    }

    private Response index(Call call) {
        var paths = new LinkedHashMap<>(aggregator.documents().version3());
        for (var path : described().keySet()) {
            var url = "/openapi/v3/" + path + "?hash=" + Hashes.sha512(payload(path).bytes());
            paths.put(path, Json.object(Map.of("serverRelativeURL", Json.of(url))));
        }
        var index = Json.object(Map.of("paths", new Json.Obj(paths)));
        // A real server leaves the type to be guessed, and the guess is text.
        return Response.of(200, "text/plain; charset=utf-8", Payload.of(JsonWriter.write(index)));
    }

    private Response document(Call call) {
        var path = call.info().path().substring("/openapi/v3/".length());
        if (!described().containsKey(path)) {
            var other = aggregator.documents().behind(path);
            return other == null ? Statuses.noSuchPath() : aggregator.proxy(call, other);
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
        var entries = described().getOrDefault(path, List.of());
        return documents.compute(
                        path,
                        (key, known) ->
                                known != null && sameList(known.entries, entries)
                                        ? known
                                        : new Known(
                                                entries,
                                                Payload.of(JsonWriter.write(make(key, entries)))))
                .document;
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean sameList(List<ResourceEntry> a, List<ResourceEntry> b) {
        return a == b;
    }

    private Json.Obj make(String path, List<ResourceEntry> entries) {
        var schemas = new Schemas(Version3.REFS);
        var paths = new Paths(schemas, types);
        if (entries.isEmpty()) {
            paths.addRoots(path);
            return Version3.document(paths, schemas, path.substring(path.indexOf('/') + 1));
        }
        paths.addVersion(entries);
        var first = entries.getFirst();
        return Version3.document(paths, schemas, new Ids(first.group(), first.version()).tag());
    }
}
