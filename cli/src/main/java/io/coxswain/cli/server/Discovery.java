package io.coxswain.cli.server;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.ApiError;
import io.coxswain.cli.server.ResourceType.Subresource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Asks a server which resources it has: in two requests, or from an older server in many.
public final class Discovery {

    private static final String ACCEPT =
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
                    + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
                    + "application/json";

    private final Server server;
    private final List<ResourceType> types = new ArrayList<>();
    private final List<String> groupVersions = new ArrayList<>();

    public Discovery(Server server) {
        this.server = server;
    }

    public ResourceTypes types() {
        var core = server.get("/api", ACCEPT);
        if (aggregated(core)) {
            groups(core);
        } else {
            legacy(core.items("versions"), "");
        }
        var named = server.get("/apis", ACCEPT);
        if (aggregated(named)) {
            groups(named);
        } else {
            for (var group : named.items("groups")) {
                legacyGroup(Trees.object(group));
            }
        }
        return new ResourceTypes(List.copyOf(types), List.copyOf(groupVersions));
    }

    private static boolean aggregated(Json.Obj answer) {
        return answer.text("kind").equals("APIGroupDiscoveryList");
    }

    private void groups(Json.Obj answer) {
        for (var item : answer.items("items")) {
            var group = Trees.object(item).object("metadata").text("name");
            for (var entry : Trees.object(item).items("versions")) {
                var version = Trees.object(entry).text("version");
                groupVersions.add(group.isEmpty() ? version : group + "/" + version);
                for (var resource : Trees.object(entry).items("resources")) {
                    types.add(aggregated(group, version, Trees.object(resource)));
                }
            }
        }
    }

    private static ResourceType aggregated(String group, String version, Json.Obj resource) {
        var subresources = new ArrayList<Subresource>();
        for (var item : resource.items("subresources")) {
            var sub = Trees.object(item);
            subresources.add(
                    new Subresource(
                            sub.text("subresource"),
                            sub.object("responseKind").text("kind"),
                            Trees.texts(sub, "verbs")));
        }
        var plural = resource.text("resource");
        var kind = resource.object("responseKind").text("kind");
        return new ResourceType(
                group,
                version,
                kind,
                plural,
                singular(resource.text("singularResource"), kind),
                resource.text("scope").equals("Namespaced"),
                Trees.texts(resource, "shortNames"),
                Trees.texts(resource, "categories"),
                Trees.texts(resource, "verbs"),
                subresources);
    }

    private static String singular(String given, String kind) {
        return given.isEmpty() ? kind.toLowerCase(Locale.ROOT) : given;
    }

    private void legacyGroup(Json.Obj group) {
        var versions = new ArrayList<Json>();
        var preferred = group.object("preferredVersion").text("version");
        for (var item : group.items("versions")) {
            var version = Json.of(Trees.object(item).text("version"));
            if (version.value().equals(preferred)) {
                versions.addFirst(version);
            } else {
                versions.add(version);
            }
        }
        legacy(versions, group.text("name"));
    }

    private void legacy(List<Json> versions, String group) {
        for (var item : versions) {
            var version = item instanceof Json.Str(var text) ? text : "";
            var groupVersion = group.isEmpty() ? version : group + "/" + version;
            groupVersions.add(groupVersion);
            var root = group.isEmpty() ? "/api/" : "/apis/";
            try {
                legacy(server.get(root + groupVersion), group, version);
            } catch (ApiError unavailable) {
                // An aggregated server that is down must not hide the others.
                groupVersions.remove(groupVersion);
            }
        }
    }

    private void legacy(Json.Obj answer, String group, String version) {
        var subresources = new LinkedHashMap<String, List<Subresource>>();
        for (var item : answer.items("resources")) {
            var resource = Trees.object(item);
            var slash = resource.text("name").indexOf('/');
            if (slash > 0) {
                var parent = resource.text("name").substring(0, slash);
                subresources
                        .computeIfAbsent(parent, key -> new ArrayList<>())
                        .add(
                                new Subresource(
                                        resource.text("name").substring(slash + 1),
                                        resource.text("kind"),
                                        Trees.texts(resource, "verbs")));
            }
        }
        for (var item : answer.items("resources")) {
            var resource = Trees.object(item);
            if (!resource.text("name").contains("/")) {
                types.add(legacy(resource, group, version, subresources));
            }
        }
    }

    private static ResourceType legacy(
            Json.Obj resource,
            String group,
            String version,
            Map<String, List<Subresource>> subresources) {
        var plural = resource.text("name");
        var kind = resource.text("kind");
        return new ResourceType(
                group,
                version,
                kind,
                plural,
                singular(resource.text("singularName"), kind),
                Trees.flag(resource, "namespaced"),
                Trees.texts(resource, "shortNames"),
                Trees.texts(resource, "categories"),
                Trees.texts(resource, "verbs"),
                subresources.getOrDefault(plural, List.of()));
    }
}
