package io.coxswain.apiserver;

import io.coxswain.api.Kinds;
import io.coxswain.api.codec.Problems;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.schema.ApiError;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Part;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.http.Request;
import io.coxswain.storage.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Creates what every cluster starts with: the system namespaces, the standard roles and bindings,
/// the system priority classes. Of what exists already only
/// roles and bindings are brought up to date.
final class Bootstrap {

    private static final User SELF = User.of("system:apiserver", User.MASTERS);

    private final Registry registry;
    private final Catalog catalog;

    Bootstrap(Registry registry, Catalog catalog) {
        this.registry = registry;
        this.catalog = catalog;
    }

    void run() {
        var objects = new ArrayList<Json.Obj>();
        for (var line : lines()) {
            objects.add(JsonReader.readObject(line.getBytes(StandardCharsets.UTF_8)));
        }
        // Namespaces first; the rest at once, so that the store can write it in one go.
        objects.stream().filter(Bootstrap::isNamespace).forEach(this::ensure);
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<?>>();
            for (var object : objects) {
                if (!isNamespace(object)) {
                    results.add(all.submit(() -> ensure(object)));
                }
            }
            for (var result : results) {
                result.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot create the objects of a new cluster", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ensure(Json.Obj object) {
        var builtIn = Kinds.byKind(object.text("apiVersion"), object.text("kind"));
        if (builtIn == null) {
            throw new IllegalStateException("bootstrap object of unknown kind: " + object);
        }
        ensure(catalog.of(builtIn.type()), object);
    }

    private <T> void ensure(Served<T> kind, Json.Obj tree) {
        var object = kind.codec().fromTree(tree, new Problems());
        var meta = kind.codec().metadata(object);
        var call = Call.of(Request.of("POST", kind.kind().path(meta.namespace()))).as(SELF);
        var key = kind.key(meta.namespace(), meta.name());
        var current = registry.find(key);
        if (current != null) {
            reconcile(call, kind, current, object);
            return;
        }
        try {
            registry.create(
                    call, kind, meta.namespace(), object, WriteOptions.internal("kube-apiserver"));
        } catch (ApiError error) {
            if (!error.alreadyExists()) {
                throw error;
            }
        }
    }

    private <T> void reconcile(Call call, Served<T> kind, Entry current, T wanted) {
        var stored = kind.object(current);
        if (!Reconciliation.of(stored, wanted).equals(stored)) {
            registry.update(
                    call,
                    kind,
                    current.key(),
                    Part.MAIN,
                    latest -> Reconciliation.of(latest, wanted),
                    WriteOptions.internal("kube-apiserver"));
        }
    }

    private static boolean isNamespace(Json.Obj object) {
        return object.text("kind").equals("Namespace");
    }

    private static List<String> lines() {
        try (var in = Bootstrap.class.getResourceAsStream("bootstrap.jsonl")) {
            if (in == null) {
                throw new IllegalStateException("bootstrap.jsonl is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
