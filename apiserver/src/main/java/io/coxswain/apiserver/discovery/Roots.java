package io.coxswain.apiserver.discovery;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.filters.Filter;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Serves `/`: the list of all paths.
public final class Roots {

    private final Directory directory;
    private final List<String> others;

    /// @param others paths that are no groups; those that end with `/` are left out
    public Roots(Directory directory, Collection<String> others) {
        this.directory = directory;
        this.others = others.stream().filter(path -> !path.endsWith("/")).toList();
    }

    public Map<String, Filter.Next> paths() {
        return Map.of("/", this::list, "/index.html", this::list);
    }

    private Response list(Call call) {
        var all = new TreeSet<>(others);
        all.add("/apis/");
        directory
                .groups()
                .forEach((group, versions) -> {
                    var root = group.isEmpty() ? "/api" : "/apis/" + group;
                    all.add(root);
                    versions.keySet().forEach(version -> all.add(root + "/" + version));
                });
        var paths = Json.array(all.stream().map(Json::of).toList());
        var document = Json.object(Map.of("paths", paths));
        return Response.of(200, "application/json", Payload.of(JsonWriter.pretty(document, 2)));
    }
}
