package io.coxswain.apiserver.openapi;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.aggregation.RemoteDocuments;
import io.coxswain.apiserver.discovery.Directory;
import io.coxswain.apiserver.discovery.ResourceEntry;
import io.coxswain.apiserver.filters.Filter;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Serves `/openapi/v2`: one document for all kinds, those of other servers too, as JSON, or as the
/// protobuf that older kubectl downloads to validate and explain. Made when somebody asks first.
public final class OpenApiV2 {

    private static final String PROTOBUF = "application/com.github.proto-openapi.spec.v2";

    private final Catalog catalog;
    private final Directory directory;
    private final RemoteDocuments others;
    private Json.@Nullable Obj document;
    private @Nullable Payload json;
    private @Nullable Payload protobuf;
    private @Nullable Map<String, Map<String, List<ResourceEntry>>> described;
    private List<RemoteDocuments.Version2> merged = List.of();

    public OpenApiV2(Catalog catalog, Directory directory, RemoteDocuments others) {
        this.catalog = catalog;
        this.directory = directory;
        this.others = others;
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

    /// Forgets what was made of kinds that are no longer all there are.
    @SuppressWarnings("ReferenceEquality") // Both are the same until something changes.
    private synchronized void refresh() {
        var groups = directory.groups();
        var remote = others.version2();
        if (described != groups || merged != remote) {
            described = groups;
            merged = remote;
            document = null;
            json = null;
            protobuf = null;
        }
    }

    private synchronized Payload json() {
        refresh();
        var known = json == null ? Payload.of(JsonWriter.write(document())) : json;
        json = known;
        return known;
    }

    private synchronized Payload protobuf() {
        refresh();
        var known = protobuf == null ? Payload.of(Gnostic.document(document())) : protobuf;
        protobuf = known;
        return known;
    }

    private synchronized Json.Obj document() {
        var known = document == null ? Merge.of(make(), merged) : document;
        document = known;
        return known;
    }

    private Json.Obj make() {
        var schemas = new Schemas(Version2.REFS);
        var all = new TreeMap<String, Json>();
        Paths.documents(directory.groups())
                .forEach((path, entries) -> {
                    var paths = new Paths(schemas, new Types(catalog));
                    var tag = path;
                    if (entries.isEmpty()) {
                        paths.addRoots(path);
                    } else {
                        paths.addVersion(entries);
                        var first = entries.getFirst();
                        tag = new Ids(first.group(), first.version()).tag();
                    }
                    for (var made : paths.made().entrySet()) {
                        all.put(made.getKey(), Version2.item(made.getValue(), tag));
                    }
                });
        return Version2.document(all, schemas);
    }
}
