package io.coxswain.client;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A kubeconfig: clusters, users and the contexts that join them. What this program does not know
/// (other tools' fields, extensions) survives reading and writing.
///
/// @param directory what relative file names in it are relative to
public record Kubeconfig(Json.Obj tree, Path directory) {

    /// A cluster, a user and a namespace, found by the name of a context.
    ///
    /// @param namespace `default` unless the context says otherwise
    public record Context(
            String name, Json.Obj cluster, Json.Obj user, String namespace, Path directory) {}

    /// The kubeconfig with nothing in it.
    public static Kubeconfig empty(Path directory) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("apiVersion", Json.of("v1"));
        fields.put("kind", Json.of("Config"));
        fields.put("clusters", Json.array(List.of()));
        fields.put("contexts", Json.array(List.of()));
        fields.put("users", Json.array(List.of()));
        fields.put("current-context", Json.of(""));
        return new Kubeconfig(Json.object(fields), directory);
    }

    /// Reads a file; a missing or empty one is the empty kubeconfig.
    public static Kubeconfig read(Path file) {
        var directory = directoryOf(file);
        try {
            if (!Files.exists(file)) {
                return empty(directory);
            }
            return Yaml.read(Files.readString(file)) instanceof Json.Obj tree
                    ? new Kubeconfig(tree, directory)
                    : empty(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Several files as one, as in `KUBECONFIG=a:b`: of two entries with one name the first counts.
    public static Kubeconfig read(List<Path> files) {
        var merged = empty(files.isEmpty() ? Path.of("") : directoryOf(files.getFirst()));
        for (var file : files.reversed()) {
            merged = merged.merge(read(file));
        }
        return merged;
    }

    public String currentContext() {
        return tree.text("current-context");
    }

    public List<String> contexts() {
        return tree.items("contexts").stream()
                .map(item -> item instanceof Json.Obj entry ? entry.text("name") : "")
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /// The context of this name, or the current one for `""`. Throws [IllegalArgumentException], in
    /// kubectl's words, for one that is not there.
    public Context context(String name) {
        var wanted = name.isEmpty() ? currentContext() : name;
        var entry = entry("contexts", wanted);
        if (entry == null) {
            throw new IllegalArgumentException("context \"" + wanted + "\" does not exist");
        }
        var context = entry.object("context");
        var cluster = entry("clusters", context.text("cluster"));
        if (cluster == null) {
            throw new IllegalArgumentException(
                    "cluster \"" + context.text("cluster") + "\" does not exist");
        }
        var user = entry("users", context.text("user"));
        var namespace = context.text("namespace");
        return new Context(
                wanted,
                cluster.object("cluster"),
                user == null ? Json.EMPTY : user.object("user"),
                namespace.isEmpty() ? "default" : namespace,
                directory);
    }

    /// This kubeconfig with everything of `other` put in, over what has the same name.
    public Kubeconfig merge(Kubeconfig other) {
        var merged = tree;
        for (var list : List.of("clusters", "contexts", "users")) {
            var entries = named(merged, list);
            entries.putAll(named(other.absolute(), list));
            merged = merged.with(list, Json.array(new ArrayList<>(entries.values())));
        }
        if (!other.currentContext().isEmpty()) {
            merged = merged.with("current-context", Json.of(other.currentContext()));
        }
        return new Kubeconfig(merged, directory);
    }

    /// A kubeconfig of one context, whose cluster and user have its name too.
    public static Kubeconfig of(String name, Json.Obj cluster, Json.Obj user) {
        var context = Map.of("cluster", Json.of(name), "user", Json.of(name));
        return empty(Path.of(""))
                .with("clusters", name, "cluster", cluster)
                .with("users", name, "user", user)
                .with("contexts", name, "context", Json.object(context))
                .current(name);
    }

    public Kubeconfig current(String name) {
        return new Kubeconfig(tree.with("current-context", Json.of(name)), directory);
    }

    /// This kubeconfig with one entry of a list (`clusters`, `contexts`, `users`) put in.
    public Kubeconfig with(String list, String name, String field, Json.Obj value) {
        var entries = named(tree, list);
        var entry = new LinkedHashMap<String, Json>();
        entry.put("name", Json.of(name));
        entry.put(field, value);
        entries.put(name, Json.object(entry));
        return new Kubeconfig(
                tree.with(list, Json.array(new ArrayList<>(entries.values()))), directory);
    }

    public Kubeconfig without(String list, String name) {
        var entries = named(tree, list);
        entries.remove(name);
        return new Kubeconfig(
                tree.with(list, Json.array(new ArrayList<>(entries.values()))), directory);
    }

    /// Replaces the file in one step; only its owner may read it.
    public void write(Path file) {
        try {
            var directory = directoryOf(file);
            Files.createDirectories(directory);
            var onlyOwner =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"));
            var temporary = Files.createTempFile(directory, ".kubeconfig", "", onlyOwner);
            Files.writeString(temporary, Yaml.write(tree));
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Json.@Nullable Obj entry(String list, String name) {
        return named(tree, list).get(name);
    }

    private static LinkedHashMap<String, Json.Obj> named(Json.Obj tree, String list) {
        var entries = new LinkedHashMap<String, Json.Obj>();
        for (var item : tree.items(list)) {
            if (item instanceof Json.Obj entry) {
                entries.putIfAbsent(entry.text("name"), entry);
            }
        }
        return entries;
    }

    /// The tree with file names that mean the same from any directory.
    private Json.Obj absolute() {
        var moved = tree;
        for (var list : List.of("clusters", "users")) {
            var field = list.substring(0, list.length() - 1);
            var entries = new ArrayList<Json>();
            named(tree, list)
                    .values()
                    .forEach(entry ->
                            entries.add(entry.with(field, absoluteFiles(entry.object(field)))));
            moved = moved.with(list, Json.array(entries));
        }
        return moved;
    }

    private Json.Obj absoluteFiles(Json.Obj entry) {
        var moved = entry;
        for (var field :
                List.of("certificate-authority", "client-certificate", "client-key", "tokenFile")) {
            var file = entry.text(field);
            if (!file.isEmpty()) {
                var path = directory.resolve(file).toAbsolutePath().normalize();
                moved = moved.with(field, Json.of(path.toString()));
            }
        }
        return moved;
    }

    private static Path directoryOf(Path file) {
        var parent = file.toAbsolutePath().getParent();
        return parent == null ? Path.of("/") : parent;
    }
}
