package io.coxswain.client;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.api.schema.Scope;
import io.coxswain.http.Request;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What resources the server has, each in the version its group prefers.
///
/// @param failed the group versions that could not be asked, such as those of a dead aggregated
/// server
public record Discovery(List<Resource> resources, List<String> failed) {

    /// A resource and what can be done with it.
    public record Resource(ResourceKind<Json.Obj> kind, Set<String> verbs) {
        public boolean can(String... all) {
            return verbs.containsAll(List.of(all));
        }
    }

    /// Asks the server now. Throws what [Client#json] throws when it does not even list its groups.
    public static Discovery of(Client client) {
        var resources = new ArrayList<Resource>();
        var failed = new ArrayList<String>();
        ask(client, "v1", resources, failed);
        for (var group : client.json(Request.get("/apis")).items("groups")) {
            if (group instanceof Json.Obj it) {
                ask(client, it.object("preferredVersion").text("groupVersion"), resources, failed);
            }
        }
        return new Discovery(List.copyOf(resources), List.copyOf(failed));
    }

    private static void ask(
            Client client, String groupVersion, List<Resource> resources, List<String> failed) {
        var slash = groupVersion.indexOf('/');
        var path = slash < 0 ? "/api/" + groupVersion : "/apis/" + groupVersion;
        try {
            for (var item : client.json(Request.get(path)).items("resources")) {
                if (item instanceof Json.Obj it && !it.text("name").contains("/")) {
                    resources.add(resource(groupVersion, slash, it));
                }
            }
        } catch (ApiError error) {
            failed.add(groupVersion);
        }
    }

    private static Resource resource(String groupVersion, int slash, Json.Obj it) {
        var namespaced = it.get("namespaced") instanceof Json.Bool(var value) && value;
        var kind =
                new ResourceKind<Json.Obj>(
                        slash < 0 ? "" : groupVersion.substring(0, slash),
                        groupVersion.substring(slash + 1),
                        it.text("kind"),
                        it.text("name"),
                        it.text("singularName"),
                        texts(it, "shortNames"),
                        texts(it, "categories"),
                        namespaced ? Scope.NAMESPACED : Scope.CLUSTER,
                        null);
        return new Resource(kind, new LinkedHashSet<>(texts(it, "verbs")));
    }

    private static List<String> texts(Json.Obj object, String field) {
        return object.items(field).stream()
                .map(item -> item instanceof Json.Str(var text) ? text : "")
                .toList();
    }
}
