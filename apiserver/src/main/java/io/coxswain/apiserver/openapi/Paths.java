package io.coxswain.apiserver.openapi;

import io.coxswain.api.meta.APIGroupList;
import io.coxswain.api.meta.APIResourceList;
import io.coxswain.api.meta.APIVersions;
import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.api.meta.Status;
import io.coxswain.apiserver.discovery.ResourceEntry;
import io.coxswain.apiserver.openapi.Operation.GroupVersionKind;
import io.coxswain.apiserver.openapi.Operation.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Makes the operations of every path, from the same entries that discovery shows, and has the
/// schemas made that they need.
final class Paths {

    private static final List<String> PROXIED =
            List.of("delete", "get", "head", "options", "patch", "post", "put");

    /// Kinds whose deletion answers with the object.
    private static final List<String> RETURN_DELETED =
            List.of(
                    "pods",
                    "services",
                    "serviceaccounts",
                    "persistentvolumes",
                    "persistentvolumeclaims",
                    "podtemplates",
                    "resourcequotas");

    private final Schemas schemas;
    private final Types types;
    private final SequencedMap<String, List<Operation>> made = new TreeMap<>();

    Paths(Schemas schemas, Types types) {
        this.schemas = schemas;
        this.types = types;
    }

    /// The operations by path.
    SequencedMap<String, List<Operation>> made() {
        return made;
    }

    /// The documents above the resources: `/apis/`, `/apis/apps/`.
    void addDocument(String path, String id, Class<?> answer) {
        made.put(
                path,
                List.of(
                        new Operation(
                                "get",
                                "",
                                id,
                                null,
                                new Shape("", schemas.name(answer), List.of(200), List.of()))));
    }

    void addRoots(String path) {
        switch (path) {
            case "api" -> addDocument("/api/", "getCoreAPIVersions", APIVersions.class);
            case "apis" -> addDocument("/apis/", "getAPIVersions", APIGroupList.class);
            default -> {
                var group = path.substring(path.indexOf('/') + 1);
                addDocument(
                        "/" + path + "/",
                        "get" + Ids.group(group) + "APIGroup",
                        APIGroupList.APIGroup.class);
            }
        }
    }

    /// Everything below one group and version.
    void addVersion(List<ResourceEntry> entries) {
        var first = entries.getFirst();
        var ids = new Ids(first.group(), first.version());
        if (!types.isCustom(first)) {
            var id = "get" + ids.prefix() + "APIResources";
            addDocument(root(first) + "/", id, APIResourceList.class);
        }
        for (var entry : entries) {
            if (entry.isSubresource()) {
                addSubresource(entry, ids);
            } else {
                addResource(entry, ids);
            }
        }
    }

    private static String root(ResourceEntry entry) {
        return (entry.group().isEmpty() ? "/api/" : "/apis/") + entry.apiVersion();
    }

    private static String scope(ResourceEntry entry) {
        return entry.namespaced() ? "/namespaces/{namespace}" : "";
    }

    private void addResource(ResourceEntry entry, Ids ids) {
        var kind = kind(entry);
        var name = types.schemaOf(entry, schemas);
        var list = entry.verbs().contains("list") ? types.listOf(entry, schemas) : "";
        var collection = root(entry) + scope(entry) + "/" + entry.name();
        var whole = ids.of(entry);
        var verbs = entry.verbs();
        var all = new ArrayList<Operation>();
        if (verbs.contains("list")) {
            all.add(get("list", "list" + whole, kind, list).with(Parameter.LIST));
        }
        if (verbs.contains("create")) {
            all.add(write("post", "create" + whole, kind, name, List.of(200, 201, 202)));
        }
        if (verbs.contains("deletecollection")) {
            var options = schemas.name(DeleteOptions.class);
            var shape = new Shape(options, schemas.name(Status.class), List.of(200), List.of());
            var id = "delete" + ids.prefix() + "Collection" + ids.rest(entry);
            all.add(
                    new Operation("delete", "deletecollection", id, kind, shape)
                            .with(Parameter.DELETE_COLLECTION));
        }
        put(collection, all, scopeOf(entry));
        addItem(entry, collection, kind, name, whole);
        if (verbs.contains("list") && entry.namespaced()) {
            var id = "list" + ids.prefix() + entry.kind() + "ForAllNamespaces";
            put(
                    root(entry) + "/" + entry.name(),
                    List.of(get("list", id, kind, list).with(Parameter.LIST)),
                    List.of(Parameter.PRETTY));
        }
        if (verbs.contains("watch") && !types.isCustom(entry)) {
            addWatches(entry, ids, kind);
        }
    }

    private void addItem(
            ResourceEntry entry, String collection, GroupVersionKind kind, String name, String id) {
        var verbs = entry.verbs();
        var one = new ArrayList<Operation>();
        if (verbs.contains("get")) {
            one.add(get("get", "read" + id, kind, name));
        }
        if (verbs.contains("update")) {
            one.add(write("put", "replace" + id, kind, name, List.of(200, 201)));
        }
        if (verbs.contains("patch")) {
            one.add(patch("patch" + id, kind, name));
        }
        if (verbs.contains("delete")) {
            var answer = RETURN_DELETED.contains(entry.name()) ? name : schemas.name(Status.class);
            var options = schemas.name(DeleteOptions.class);
            var shape = new Shape(options, answer, List.of(200, 202), Parameter.DELETE);
            one.add(new Operation("delete", "delete", "delete" + id, kind, shape));
        }
        if (!one.isEmpty()) {
            put(collection + "/{name}", one, named(entry));
        }
    }

    private void addWatches(ResourceEntry entry, Ids ids, GroupVersionKind kind) {
        var event = schemas.watchEvent();
        var below = root(entry) + "/watch" + scope(entry) + "/" + entry.name();
        var shared = new ArrayList<>(scopeOf(entry));
        shared.addAll(Parameter.LIST);
        put(
                below,
                List.of(get("watchlist", "watch" + ids.of(entry) + "List", kind, event)),
                shared);
        var item = new ArrayList<>(named(entry));
        item.addAll(Parameter.LIST);
        put(below + "/{name}", List.of(get("watch", "watch" + ids.of(entry), kind, event)), item);
        if (entry.namespaced()) {
            var id = "watch" + ids.prefix() + entry.kind() + "ListForAllNamespaces";
            var everywhere = new ArrayList<>(Parameter.LIST);
            everywhere.add(Parameter.PRETTY);
            put(
                    root(entry) + "/watch/" + entry.name(),
                    List.of(get("watchlist", id, kind, event)),
                    everywhere);
        }
    }

    private void addSubresource(ResourceEntry entry, Ids ids) {
        var path =
                root(entry)
                        + scope(entry)
                        + "/"
                        + entry.parent()
                        + "/{name}/"
                        + entry.subresource();
        var kind = kind(entry);
        var id = ids.of(entry);
        switch (entry.subresource()) {
            case "exec", "attach", "portforward" ->
                    put(path, connects(List.of("get", "post"), id, kind), connection(entry));
            case "proxy" -> {
                put(path, connects(PROXIED, id, kind), connection(entry));
                var further = new ArrayList<>(connection(entry));
                further.add(Parameter.REST);
                put(path + "/{path}", connects(PROXIED, id + "WithPath", kind), further);
            }
            case "log" -> put(path, List.of(get("get", "read" + id, kind, "")), connection(entry));
            default -> put(path, plain(entry, id, kind), named(entry));
        }
    }

    private List<Operation> plain(ResourceEntry entry, String id, GroupVersionKind kind) {
        var name = types.schemaOf(entry, schemas);
        var all = new ArrayList<Operation>();
        for (var verb : entry.verbs()) {
            switch (verb) {
                case "get" -> all.add(get("get", "read" + id, kind, name));
                case "update" ->
                        all.add(write("put", "replace" + id, kind, name, List.of(200, 201)));
                case "patch" -> all.add(patch("patch" + id, kind, name));
                default ->
                        all.add(write("post", "create" + id, kind, name, List.of(200, 201, 202)));
            }
        }
        return all;
    }

    private static List<Parameter> connection(ResourceEntry entry) {
        var all = new ArrayList<Parameter>();
        all.add(Parameter.NAME);
        if (entry.namespaced()) {
            all.add(Parameter.NAMESPACE);
        }
        all.addAll(Parameter.ofConnection(entry.subresource()));
        return all;
    }

    private static List<Operation> connects(
            List<String> methods, String id, GroupVersionKind kind) {
        return methods.stream()
                .map(method ->
                        new Operation(
                                method,
                                "connect",
                                Ids.connect(id, method),
                                kind,
                                new Shape("", "", List.of(200), List.of())))
                .toList();
    }

    private static Operation get(String action, String id, GroupVersionKind kind, String answer) {
        return new Operation(
                "get", action, id, kind, new Shape("", answer, List.of(200), List.of()));
    }

    private static Operation write(
            String method, String id, GroupVersionKind kind, String name, List<Integer> codes) {
        return new Operation(
                method, method, id, kind, new Shape(name, name, codes, Parameter.WRITE));
    }

    private Operation patch(String id, GroupVersionKind kind, String name) {
        var shape = new Shape(schemas.patch(), name, List.of(200, 201), Parameter.PATCH);
        return new Operation("patch", "patch", id, kind, shape);
    }

    private void put(String path, List<Operation> operations, List<Parameter> shared) {
        if (!operations.isEmpty()) {
            made.put(path, operations.stream().map(operation -> operation.with(shared)).toList());
        }
    }

    private static List<Parameter> scopeOf(ResourceEntry entry) {
        return entry.namespaced()
                ? List.of(Parameter.NAMESPACE, Parameter.PRETTY)
                : List.of(Parameter.PRETTY);
    }

    private static List<Parameter> named(ResourceEntry entry) {
        return entry.namespaced()
                ? List.of(Parameter.NAME, Parameter.NAMESPACE, Parameter.PRETTY)
                : List.of(Parameter.NAME, Parameter.PRETTY);
    }

    private static GroupVersionKind kind(ResourceEntry entry) {
        if (entry.isSubresource() && entry.answersElse()) {
            return new GroupVersionKind(
                    entry.responseGroup(), entry.responseVersion(), entry.kind());
        }
        return new GroupVersionKind(entry.group(), entry.version(), entry.kind());
    }

    /// Which parameters all operations of a path have in common.
    static List<Parameter> shared(List<Operation> operations) {
        return operations.getFirst().shape().parameters().stream()
                .filter(parameter ->
                        operations.stream()
                                .allMatch(one -> one.shape().parameters().contains(parameter)))
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList();
    }

    /// Every path of one group, with its documents, as in `apis/apps/v1` or `apis/apps`.
    static Map<String, List<ResourceEntry>> documents(
            Map<String, Map<String, List<ResourceEntry>>> groups) {
        var documents = new TreeMap<String, List<ResourceEntry>>();
        documents.put("api", List.of());
        documents.put("apis", List.of());
        groups.forEach((group, versions) -> {
            var root = group.isEmpty() ? "api" : "apis/" + group;
            documents.put(root, List.of());
            versions.forEach((version, entries) -> documents.put(root + "/" + version, entries));
        });
        return documents;
    }
}
