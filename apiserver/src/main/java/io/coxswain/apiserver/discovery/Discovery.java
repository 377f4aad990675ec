package io.coxswain.apiserver.discovery;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.meta.APIGroupList;
import io.coxswain.api.meta.APIGroupList.APIGroup;
import io.coxswain.api.meta.APIResourceList;
import io.coxswain.api.meta.APIVersions;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.Statuses;
import io.coxswain.apiserver.filters.Filter;
import io.coxswain.apiserver.media.Answers;
import io.coxswain.apiserver.media.Negotiation;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Serves `/api` and `/apis`: one document per group and version for old clients, one aggregated
/// document for those whose `Accept` header asks for it.
public final class Discovery {

    private static final String AGGREGATED =
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private final Directory directory;
    private final Catalog catalog;
    private final String serverAddress;

    /// @param serverAddress where clients reach the API, as `/api` tells them: `10.0.0.1:6443`
    public Discovery(Catalog catalog, Directory directory, String serverAddress) {
        this.directory = directory;
        this.catalog = catalog;
        this.serverAddress = serverAddress;
    }

    /// What is served where.
    public Map<String, Filter.Next> paths() {
        return Map.of(
                "/api", readOnly(this::api),
                "/apis", readOnly(this::apis),
                "/api/", readOnly(this::core),
                "/apis/", readOnly(this::group));
    }

    /// Documents are only read.
    static Filter.Next readOnly(Filter.Next document) {
        return call -> {
            if (!call.request().method().equals("GET")) {
                throw Statuses.methodNotAllowed();
            }
            return document.handle(call);
        };
    }

    private Response api(Call call) {
        if (Negotiation.aggregated(call)) {
            return aggregate(call, List.of(""));
        }
        var document = new LinkedHashMap<String, Json>();
        document.put("kind", Json.of("APIVersions"));
        document.put("versions", Json.array(List.of(Json.of("v1"))));
        var address = new LinkedHashMap<String, Json>();
        address.put("clientCIDR", Json.of("0.0.0.0/0"));
        address.put("serverAddress", Json.of(serverAddress));
        document.put("serverAddressByClientCIDRs", Json.array(List.of(new Json.Obj(address))));
        return answer(call, document, APIVersions.class);
    }

    private Response apis(Call call) {
        var groups =
                directory.everything().keySet().stream().filter(name -> !name.isEmpty()).toList();
        if (Negotiation.aggregated(call)) {
            return aggregate(call, groups);
        }
        var document = new LinkedHashMap<String, Json>();
        document.put("kind", Json.of("APIGroupList"));
        document.put("apiVersion", Json.of("v1"));
        document.put(
                "groups",
                Json.array(groups.stream().map(name -> new Json.Obj(groupFields(name))).toList()));
        return answer(call, document, APIGroupList.class);
    }

    private Response core(Call call) {
        var version = call.info().path().substring("/api/".length());
        return version.isEmpty() ? api(call) : resources(call, "", version);
    }

    private Response group(Call call) {
        var path = call.info().path().substring("/apis/".length());
        if (path.isEmpty()) {
            return apis(call);
        }
        var parts = path.split("/");
        if (!directory.everything().containsKey(parts[0])) {
            return Statuses.noSuchPath();
        }
        if (parts.length > 1) {
            return resources(call, parts[0], parts[1]);
        }
        var document = new LinkedHashMap<String, Json>();
        document.put("kind", Json.of("APIGroup"));
        document.put("apiVersion", Json.of("v1"));
        document.putAll(groupFields(parts[0]));
        return answer(call, document, APIGroup.class);
    }

    private Response resources(Call call, String group, String version) {
        var name = version.endsWith("/") ? version.substring(0, version.length() - 1) : version;
        var entries = directory.everything().getOrDefault(group, Map.of()).get(name);
        if (entries == null && directory.isCustom(group)) {
            return Statuses.noSuchPath();
        }
        if (entries == null) {
            throw Errors.noSuchPath(); // In a known group; an unknown one answers with text.
        }
        var document = new LinkedHashMap<String, Json>();
        document.put("kind", Json.of("APIResourceList"));
        if (!group.isEmpty()) {
            document.put("apiVersion", Json.of("v1"));
        }
        document.put("groupVersion", Json.of(entries.getFirst().apiVersion()));
        document.put("resources", Json.array(entries.stream().map(this::resource).toList()));
        return answer(call, document, APIResourceList.class);
    }

    private Json resource(ResourceEntry entry) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("name", Json.of(entry.name()));
        fields.put("singularName", Json.of(entry.singular()));
        fields.put("namespaced", Json.of(entry.namespaced()));
        if (entry.isSubresource() && entry.answersElse()) {
            if (!entry.responseGroup().isEmpty()) {
                fields.put("group", Json.of(entry.responseGroup()));
            }
            fields.put("version", Json.of(entry.responseVersion()));
        }
        fields.put("kind", Json.of(entry.kind()));
        fields.put("verbs", strings(entry.verbs()));
        if (!entry.isSubresource()) {
            putNames(entry, fields);
            if (!entry.storageHash().isEmpty()) {
                fields.put("storageVersionHash", Json.of(entry.storageHash()));
            }
        }
        return new Json.Obj(fields);
    }

    private void putNames(ResourceEntry entry, Map<String, Json> fields) {
        var kind = catalog.find(entry.group(), entry.version(), entry.name());
        if (kind == null) {
            return;
        }
        if (!kind.kind().shortNames().isEmpty()) {
            fields.put("shortNames", strings(kind.kind().shortNames()));
        }
        if (!kind.kind().categories().isEmpty()) {
            fields.put("categories", strings(kind.kind().categories()));
        }
    }

    private SequencedMap<String, Json> groupFields(String group) {
        List<Json> versions = new ArrayList<>();
        for (var entries : directory.everything().getOrDefault(group, Map.of()).values()) {
            var version = new LinkedHashMap<String, Json>();
            version.put("groupVersion", Json.of(entries.getFirst().apiVersion()));
            version.put("version", Json.of(entries.getFirst().version()));
            versions.add(new Json.Obj(version));
        }
        var fields = new LinkedHashMap<String, Json>();
        fields.put("name", Json.of(group));
        fields.put("versions", Json.array(versions));
        fields.put("preferredVersion", versions.getFirst());
        return fields;
    }

    private Response aggregate(Call call, List<String> groups) {
        List<Json> items = new ArrayList<>();
        for (var group : groups) {
            List<Json> versions = new ArrayList<>();
            directory
                    .everything()
                    .getOrDefault(group, Map.of())
                    .forEach((version, entries) -> versions.add(aggregated(version, entries)));
            var item = new LinkedHashMap<String, Json>();
            var metadata =
                    group.isEmpty() ? Json.EMPTY : Json.object(Map.of("name", Json.of(group)));
            item.put("metadata", metadata);
            item.put("versions", Json.array(versions));
            items.add(new Json.Obj(item));
        }
        var document = new LinkedHashMap<String, Json>();
        document.put("kind", Json.of("APIGroupDiscoveryList"));
        document.put("apiVersion", Json.of("apidiscovery.k8s.io/v2"));
        document.put("metadata", Json.EMPTY);
        document.put("items", Json.array(items));
        return withTag(call, JsonWriter.write(new Json.Obj(document)));
    }

    private Json aggregated(String version, List<ResourceEntry> entries) {
        var resources = new LinkedHashMap<String, SequencedMap<String, Json>>();
        var children = new LinkedHashMap<String, List<Json>>();
        for (var entry : entries) {
            if (!entry.isSubresource()) {
                resources.put(entry.name(), aggregatedResource(entry));
                continue;
            }
            resources.computeIfAbsent(entry.parent(), name -> bare(entry));
            children.computeIfAbsent(entry.parent(), name -> new ArrayList<>())
                    .add(aggregatedSubresource(entry));
        }
        resources.forEach((name, fields) -> {
            var list = children.get(name);
            if (list != null) {
                fields.put("subresources", Json.array(list));
            }
        });
        var fields = new LinkedHashMap<String, Json>();
        fields.put("version", Json.of(version));
        fields.put(
                "resources", Json.array(resources.values().stream().map(Json.Obj::new).toList()));
        fields.put("freshness", Json.of("Current"));
        return new Json.Obj(fields);
    }

    private static SequencedMap<String, Json> bare(ResourceEntry entry) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("resource", Json.of(entry.parent()));
        return fields;
    }

    private SequencedMap<String, Json> aggregatedResource(ResourceEntry entry) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("resource", Json.of(entry.name()));
        fields.put("responseKind", responseKind(entry));
        fields.put("scope", Json.of(entry.namespaced() ? "Namespaced" : "Cluster"));
        fields.put("singularResource", Json.of(entry.singular()));
        fields.put("verbs", strings(entry.verbs()));
        putNames(entry, fields);
        return fields;
    }

    private Json aggregatedSubresource(ResourceEntry entry) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("subresource", Json.of(entry.subresource()));
        fields.put("responseKind", responseKind(entry));
        fields.put("verbs", strings(entry.verbs()));
        return new Json.Obj(fields);
    }

    private Json responseKind(ResourceEntry entry) {
        var fields = new LinkedHashMap<String, Json>();
        var custom = directory.isCustom(entry.group());
        var elsewhere = custom || (entry.isSubresource() && entry.answersElse());
        fields.put("group", Json.of(elsewhere ? entry.responseGroup() : ""));
        fields.put("version", Json.of(elsewhere ? entry.responseVersion() : ""));
        fields.put("kind", Json.of(entry.kind()));
        return new Json.Obj(fields);
    }

    private static Response withTag(Call call, byte[] document) {
        var tag = "\"" + hash(document) + "\"";
        var headers = Headers.of("content-type", AGGREGATED, "etag", tag, "vary", "Accept");
        if (tag.equals(call.request().header("if-none-match"))) {
            return new Response.Full(304, headers, Payload.EMPTY);
        }
        return new Response.Full(200, headers, Payload.of(document));
    }

    private static String hash(byte[] document) {
        try {
            var digest = MessageDigest.getInstance("SHA-512").digest(document);
            return HexFormat.of().withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Json strings(List<String> values) {
        return Json.array(values.stream().map(Json::of).toList());
    }

    private static Response answer(
            Call call, SequencedMap<String, Json> document, Class<? extends Record> record) {
        return Answers.document(call, new Json.Obj(document), record);
    }
}
