package io.coxswain.apiserver.registry;

import io.coxswain.api.BuiltIn;
import io.coxswain.api.EarlyVersions;
import io.coxswain.api.Kinds;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Schema;
import io.coxswain.storage.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The kinds this server serves, by the names they have in paths.
public final class Catalog {

    /// Groups in which nothing is stored.
    private static final Set<String> REVIEWS =
            Set.of("authentication.k8s.io", "authorization.k8s.io");

    private final List<Served<?>> served = new ArrayList<>();
    private final Map<String, Served<?>> byPath = new LinkedHashMap<>();
    private final Map<String, List<Served<?>>> builtInVersions = new HashMap<>();
    private final Map<Class<?>, Served<?>> byType = new HashMap<>();
    private volatile Extension extension = Extension.NONE;

    /// Kinds that come and go.
    public interface Extension {

        /// All of them; the same list as long as nothing changes.
        List<Served<?>> kinds();

        @Nullable Served<?> find(String group, String version, String plural);

        Extension NONE =
                new Extension() {
                    @Override
                    public List<Served<?>> kinds() {
                        return List.of();
                    }

                    @Override
                    public @Nullable Served<?> find(String group, String version, String plural) {
                        return null;
                    }
                };
    }

    /// All built-in kinds in their final versions.
    public Catalog() {
        this(RuntimeConfig.DEFAULT);
    }

    /// Throws [IllegalArgumentException] for a configuration of groups that do not exist.
    ///
    /// @param config says which versions clients find; the server itself finds all kinds
    public Catalog(RuntimeConfig config) {
        var groups = new HashSet<>(REVIEWS);
        for (var builtIn : Kinds.BUILT_IN) {
            var kind = serve(builtIn);
            served.add(kind);
            byType.put(builtIn.type(), kind);
            offer(config, kind);
            groups.add(kind.kind().group());
        }
        if (!config.equals(RuntimeConfig.DEFAULT)) {
            config.check(groups);
            EarlyVersions.ALL.forEach(builtIn -> offer(config, serve(builtIn)));
        }
        byPath.values()
                .forEach(kind ->
                        builtInVersions
                                .computeIfAbsent(kind.resource(), name -> new ArrayList<>())
                                .add(kind));
    }

    private void offer(RuntimeConfig config, Served<?> served) {
        var kind = served.kind();
        if (config.serves(kind.group(), kind.version(), kind.plural())) {
            byPath.put(path(kind.group(), kind.version(), kind.plural()), served);
        }
    }

    /// From now on, the kinds of `custom` are served too.
    public void extend(Extension custom) {
        extension = custom;
    }

    /// The built-in kinds, in the order of [Kinds#BUILT_IN].
    public List<Served<?>> all() {
        return List.copyOf(served);
    }

    /// The kinds that are not built in; the same list as long as nothing changes.
    public List<Served<?>> custom() {
        return extension.kinds();
    }

    /// All that serve the objects that are kept under one name, in one version each.
    public List<Served<?>> versions(String resource) {
        var known = builtInVersions.get(resource);
        return known != null
                ? known
                : extension.kinds().stream()
                        .filter(kind -> kind.resource().equals(resource))
                        .toList();
    }

    /// The kind behind a path, or null.
    public @Nullable Served<?> find(String group, String version, String plural) {
        var builtIn = byPath.get(path(group, version, plural));
        return builtIn != null ? builtIn : extension.find(group, version, plural);
    }

    @SuppressWarnings("unchecked")
    public <T extends Resource> Served<T> of(Class<T> type) {
        var found = byType.get(type);
        if (found == null) {
            throw new IllegalArgumentException(type + " is not served");
        }
        return (Served<T>) found;
    }

    /// The objects of a kind in a snapshot, decoded.
    public <T extends Resource> List<T> all(Snapshot snapshot, Class<T> type) {
        var kind = of(type);
        var objects = new ArrayList<T>();
        snapshot.list(kind.resource(), "", null)
                .forEachRemaining(entry -> objects.add(kind.object(entry)));
        return objects;
    }

    private static <T extends Resource> Served<T> serve(BuiltIn<T> builtIn) {
        var stored = builtIn.stored();
        if (stored != null) {
            return serve(builtIn, stored);
        }
        return new Served<>(
                builtIn.kind(),
                builtIn.strategy(),
                builtIn.columns(),
                new RecordCodec<>(builtIn.type()),
                () -> Schema.of(builtIn.type()));
    }

    private static <T extends Resource, S extends Resource> Served<T> serve(
            BuiltIn<T> builtIn, BuiltIn.Stored<T, S> stored) {
        return new Served<>(
                builtIn.kind(),
                builtIn.strategy(),
                builtIn.columns(),
                new ConvertedCodec<>(
                        builtIn.kind(), builtIn.type(), stored.type(), stored.conversion()),
                () -> Schema.of(builtIn.type()),
                stored.kind().groupResource());
    }

    private static String path(String group, String version, String plural) {
        return group + "/" + version + "/" + plural;
    }
}
