package io.coxswain.client;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.api.schema.Scope;
import io.coxswain.http.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// What resources the server has: asked in two requests, of an older server in many.
///
/// @param all every version of every resource, in the server's order of preference
/// @param groupVersions such as `v1` and `apps/v1`, the preferred one first within a group
/// @param failed the group versions that could not be asked, such as those of a dead aggregated
/// server
public record Discovery(List<Resource> all, List<String> groupVersions, List<String> failed) {

    private static final String ACCEPT =
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
                    + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
                    + "application/json";

    /// A resource and what can be done with it.
    public record Resource(
            ResourceKind<Json.Obj> kind, Set<String> verbs, List<Subresource> subresources) {
        public boolean can(String... all) {
            return verbs.containsAll(List.of(all));
        }
    }

    /// A part of an object with an address of its own; `kind` is that of what is sent there.
    public record Subresource(String name, String kind, List<String> verbs) {}

    /// Asks the server now. Throws what [Client#json] throws when it does not even list its groups.
    public static Discovery of(Client client) {
        return of(client::json);
    }

    /// Asks whoever answers `GET` requests with JSON objects and throws [ApiError].
    public static Discovery of(Function<Request, Json.Obj> server) {
        return new Questions(server).ask();
    }

    /// Each resource in the version that its group prefers.
    public List<Resource> resources() {
        var found = new LinkedHashMap<String, Resource>();
        all.forEach(resource -> found.putIfAbsent(resource.kind().groupResource(), resource));
        return List.copyOf(found.values());
    }

    /// The questions to one server, and what they brought to light.
    private static final class Questions {
        private final Function<Request, Json.Obj> server;
        private final List<Resource> all = new ArrayList<>();
        private final List<String> groupVersions = new ArrayList<>();
        private final List<String> failed = new ArrayList<>();

        Questions(Function<Request, Json.Obj> server) {
            this.server = server;
        }

        Discovery ask() {
            var core = get("/api");
            if (aggregated(core)) {
                groups(core);
            } else {
                core.items("versions").forEach(version -> ask("", text(version)));
            }
            var named = get("/apis");
            if (aggregated(named)) {
                groups(named);
            } else {
                named.items("groups").forEach(group -> versions(object(group)));
            }
            return new Discovery(List.copyOf(all), List.copyOf(groupVersions), List.copyOf(failed));
        }

        private Json.Obj get(String path) {
            return server.apply(Request.get(path).withHeader("accept", ACCEPT));
        }

        private static boolean aggregated(Json.Obj answer) {
            return answer.text("kind").equals("APIGroupDiscoveryList");
        }

        private void groups(Json.Obj answer) {
            for (var item : answer.items("items")) {
                var group = object(item).object("metadata").text("name");
                for (var entry : object(item).items("versions")) {
                    var version = object(entry);
                    var groupVersion = join(group, version.text("version"));
                    groupVersions.add(groupVersion);
                    if (version.text("freshness").equals("Stale")) {
                        failed.add(groupVersion);
                    }
                    for (var resource : version.items("resources")) {
                        all.add(aggregated(group, version.text("version"), object(resource)));
                    }
                }
            }
        }

        private static Resource aggregated(String group, String version, Json.Obj resource) {
            var subresources = new ArrayList<Subresource>();
            for (var item : resource.items("subresources")) {
                var sub = object(item);
                var kind = sub.object("responseKind").text("kind");
                subresources.add(
                        new Subresource(sub.text("subresource"), kind, texts(sub, "verbs")));
            }
            var kind = resource.object("responseKind").text("kind");
            var scope =
                    resource.text("scope").equals("Namespaced") ? Scope.NAMESPACED : Scope.CLUSTER;
            var singular = singular(resource.text("singularResource"), kind);
            return new Resource(
                    new ResourceKind<>(
                            group,
                            version,
                            kind,
                            resource.text("resource"),
                            singular,
                            texts(resource, "shortNames"),
                            texts(resource, "categories"),
                            scope,
                            null),
                    new LinkedHashSet<>(texts(resource, "verbs")),
                    subresources);
        }

        /// The versions of a group of an older server, the preferred one first.
        private void versions(Json.Obj group) {
            var preferred = group.object("preferredVersion").text("version");
            var versions = new ArrayList<String>();
            for (var item : group.items("versions")) {
                var version = object(item).text("version");
                versions.add(version.equals(preferred) ? 0 : versions.size(), version);
            }
            versions.forEach(version -> ask(group.text("name"), version));
        }

        private void ask(String group, String version) {
            var groupVersion = join(group, version);
            try {
                var answer = get((group.isEmpty() ? "/api/" : "/apis/") + groupVersion);
                groupVersions.add(groupVersion);
                resources(answer, group, version);
            } catch (ApiError unavailable) {
                // An aggregated server that is down must not hide the others.
                failed.add(groupVersion);
            }
        }

        private void resources(Json.Obj answer, String group, String version) {
            var subresources = new LinkedHashMap<String, List<Subresource>>();
            for (var item : answer.items("resources")) {
                var resource = object(item);
                var name = resource.text("name");
                var slash = name.indexOf('/');
                if (slash > 0) {
                    var sub =
                            new Subresource(
                                    name.substring(slash + 1),
                                    resource.text("kind"),
                                    texts(resource, "verbs"));
                    subresources
                            .computeIfAbsent(name.substring(0, slash), key -> new ArrayList<>())
                            .add(sub);
                }
            }
            for (var item : answer.items("resources")) {
                if (!object(item).text("name").contains("/")) {
                    all.add(plain(object(item), group, version, subresources));
                }
            }
        }

        private static Resource plain(
                Json.Obj resource,
                String group,
                String version,
                Map<String, List<Subresource>> subresources) {
            var plural = resource.text("name");
            var kind = resource.text("kind");
            var namespaced = resource.get("namespaced") instanceof Json.Bool(var yes) && yes;
            return new Resource(
                    new ResourceKind<>(
                            group,
                            version,
                            kind,
                            plural,
                            singular(resource.text("singularName"), kind),
                            texts(resource, "shortNames"),
                            texts(resource, "categories"),
                            namespaced ? Scope.NAMESPACED : Scope.CLUSTER,
                            null),
                    new LinkedHashSet<>(texts(resource, "verbs")),
                    subresources.getOrDefault(plural, List.of()));
        }

        private static String singular(String given, String kind) {
            return given.isEmpty() ? kind.toLowerCase(Locale.ROOT) : given;
        }

        private static String join(String group, String version) {
            return group.isEmpty() ? version : group + "/" + version;
        }

        private static Json.Obj object(Json value) {
            return value instanceof Json.Obj object ? object : Json.EMPTY;
        }

        private static String text(Json value) {
            return value instanceof Json.Str(var text) ? text : "";
        }

        private static List<String> texts(Json.Obj object, String field) {
            return object.items(field).stream().map(Questions::text).toList();
        }
    }
}
