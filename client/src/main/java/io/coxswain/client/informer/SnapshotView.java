package io.coxswain.client.informer;

import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.schema.Resource;
import io.coxswain.client.controller.Selection;
import io.coxswain.client.controller.View;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A view that takes each kind's contents when it is first asked for that kind, and keeps them.
/// For one reader at a time.
public final class SnapshotView implements View {

    private final Instant now;
    private final Source source;
    private final Map<Class<?>, Contents<?>> taken = new HashMap<>();

    /// Where the contents of a kind come from.
    interface Source {
        <R extends Resource> Contents<R> contents(Class<R> type);
    }

    SnapshotView(Instant now, Source source) {
        this.now = now;
        this.source = source;
    }

    /// A view of exactly these objects.
    public static View of(Instant now, List<? extends Resource> objects) {
        return new SnapshotView(
                now,
                new Source() {
                    @Override
                    public <R extends Resource> Contents<R> contents(Class<R> type) {
                        var ofKind =
                                objects.stream().filter(type::isInstance).map(type::cast).toList();
                        return Contents.of(0, ofKind);
                    }
                });
    }

    public static View of(Instant now, Resource... objects) {
        return of(now, Arrays.asList(objects));
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public @Nullable Failure failure() {
        return null;
    }

    @Override
    public <R extends Resource> @Nullable R find(Class<R> type, String namespace, String name) {
        return contents(type).find(namespace, name);
    }

    @Override
    public <R extends Resource> Stream<R> all(Class<R> type) {
        return contents(type).byKey().values();
    }

    @Override
    public <R extends Resource> Stream<R> in(Class<R> type, String namespace) {
        return contents(type).in(namespace);
    }

    @Override
    public <R extends Resource> Stream<R> owned(Resource owner, Class<R> type) {
        return contents(type).owned(owner.uid(), owner.namespace());
    }

    @Override
    public <R extends Resource> Stream<R> selected(
            Class<R> type, String namespace, LabelSelector selector) {
        var selection = Selection.of(selector);
        return in(type, namespace).filter(object -> selection.matches(object.metadata().labels()));
    }

    @SuppressWarnings("unchecked")
    private <R extends Resource> Contents<R> contents(Class<R> type) {
        return (Contents<R>) taken.computeIfAbsent(type, missing -> source.contents(type));
    }
}
