package io.coxswain.apiserver.crd;

import io.coxswain.api.Kinds;
import io.coxswain.api.apiextensions.Conditions;
import io.coxswain.api.apiextensions.CustomResourceDefinition;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.storage.Store;
import io.coxswain.storage.Watch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The custom kinds of this server: every established definition in the store, as it is now.
///
/// A definition that was changed is understood anew at the next question; a write of a definition
/// is in force when it returns.
public final class CustomKinds implements Catalog.Extension, AutoCloseable {

    private final Store store;
    private final Catalog catalog;
    private final RuleSource rules;
    private final ConverterSource converters;
    private final AtomicBoolean stale = new AtomicBoolean(true);
    private final Map<String, Lifeline> lines = new HashMap<>();
    private @Nullable Watch watch;
    private volatile State state = new State(Map.of(), List.of());

    /// @param definitions by group resource
    private record State(Map<String, Definition> definitions, List<Served<?>> kinds) {}

    public CustomKinds(Store store, Catalog catalog, RuleSource rules, ConverterSource converters) {
        this.store = store;
        this.catalog = catalog;
        this.rules = rules;
        this.converters = converters;
    }

    /// Starts to follow the store.
    public void start() {
        var resource = Kinds.of(CustomResourceDefinition.class).kind().groupResource();
        var revision = store.snapshot().revision();
        watch = store.watch(resource, revision, () -> stale.set(true));
    }

    @Override
    public List<Served<?>> kinds() {
        return current().kinds;
    }

    @Override
    public @Nullable Served<?> find(String group, String version, String plural) {
        var definition = current().definitions.get(plural + "." + group);
        var found = definition == null ? null : definition.served(version);
        return found == null ? null : found.served();
    }

    /// The established definition of a resource, or null.
    @Nullable Definition definition(String groupResource) {
        return current().definitions.get(groupResource);
    }

    /// Notices now what would be noticed at the next question, for watches that ask none.
    void refresh() {
        current();
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
    }

    private State current() {
        if (!stale.get()) {
            return state;
        }
        synchronized (this) {
            if (stale.compareAndSet(true, false)) {
                state = read();
            }
            return state;
        }
    }

    private State read() {
        var before = state.definitions;
        var definitions = new LinkedHashMap<String, Definition>();
        List<Served<?>> kinds = new ArrayList<>();
        for (var source : catalog.all(store.snapshot(), CustomResourceDefinition.class)) {
            if (!Conditions.isTrue(source, Conditions.ESTABLISHED)) {
                continue;
            }
            var known = before.get(source.name());
            var definition = known != null && same(known.source(), source) ? known : make(source);
            definitions.put(source.name(), definition);
            for (var version : definition.versions().keySet()) {
                var served = definition.served(version);
                if (served != null) {
                    kinds.add(served.served());
                }
            }
        }
        follow(definitions);
        return new State(definitions, List.copyOf(kinds));
    }

    private static boolean same(CustomResourceDefinition a, CustomResourceDefinition b) {
        return a.uid().equals(b.uid())
                && a.deleting() == b.deleting()
                && a.spec().equals(b.spec())
                && a.status().acceptedNames().equals(b.status().acceptedNames());
    }

    private Definition make(CustomResourceDefinition source) {
        return new Definition(
                source,
                converters.of(source),
                rules::of,
                version ->
                        lines.computeIfAbsent(source.uid() + "/" + version, key -> new Lifeline()));
    }

    /// Tells watches what became of the version they follow.
    @SuppressWarnings("ReferenceEquality") // A version that did not change is the same instance.
    private void follow(Map<String, Definition> definitions) {
        var living = new HashMap<String, StoredForm>();
        for (var definition : definitions.values()) {
            for (var version : definition.versions().keySet()) {
                var served = definition.served(version);
                if (served != null) {
                    living.put(definition.source().uid() + "/" + version, served);
                }
            }
        }
        lines.forEach((key, line) -> {
            var form = living.get(key);
            if (line.current() != form) {
                line.become(form);
            }
        });
        lines.keySet().retainAll(living.keySet());
    }
}
