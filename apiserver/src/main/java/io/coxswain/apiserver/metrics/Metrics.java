package io.coxswain.apiserver.metrics;

import io.coxswain.apiserver.BuildInfo;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.filters.Filter;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import io.coxswain.storage.Store;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Serves `/metrics`.
public final class Metrics {

    private final Catalog catalog;
    private final Store store;
    private final List<Consumer<Exposition>> sources;

    /// @param sources what the parts of the server tell, in this order
    public Metrics(Catalog catalog, Store store, List<Consumer<Exposition>> sources) {
        this.catalog = catalog;
        this.store = store;
        this.sources = sources;
    }

    public Map<String, Filter.Next> paths() {
        return Map.of("/metrics", this::serve);
    }

    private Response serve(Call call) {
        var out = new Exposition();
        sources.forEach(source -> source.accept(out));
        storage(out);
        out.family("kubernetes_build_info", "gauge", "What is running");
        out.sample("kubernetes_build_info", build(), 1);
        ProcessMetrics.write(out);
        return Response.of(
                200,
                "text/plain; version=0.0.4; charset=utf-8; escaping=underscores",
                Payload.of(out.toString()));
    }

    private void storage(Exposition out) {
        var snapshot = store.snapshot();
        out.family("apiserver_storage_objects", "gauge", "Objects stored");
        for (var kind : catalog.all()) {
            var resource = kind.kind().groupResource();
            out.sample(
                    "apiserver_storage_objects",
                    Exposition.label("resource", resource),
                    snapshot.count(resource, ""));
        }
        out.single(
                "coxswain_storage_revision", "gauge", "The newest revision", snapshot.revision());
        out.single(
                "coxswain_storage_compacted_revision",
                "gauge",
                "The oldest revision that a watch can start from",
                store.compactedRevision());
    }

    private static String build() {
        var build = BuildInfo.CURRENT;
        return String.join(
                ",",
                Exposition.label("build_date", build.buildDate()),
                Exposition.label("compiler", build.compiler()),
                Exposition.label("git_commit", build.gitCommit()),
                Exposition.label("git_tree_state", build.gitTreeState()),
                Exposition.label("git_version", build.gitVersion()),
                Exposition.label("go_version", build.goVersion()),
                Exposition.label("major", BuildInfo.MAJOR),
                Exposition.label("minor", BuildInfo.MINOR),
                Exposition.label("platform", build.platform()));
    }
}
