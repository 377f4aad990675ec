package io.coxswain.client.runtime;

import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.schema.Resource;
import io.coxswain.client.controller.View;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The view of one reconciliation: only the kinds that the registration names, and how the last
/// plan for this object ended.
record ReconcileView(View all, Set<Class<? extends Resource>> kinds, @Nullable Failure failure)
        implements View {

    @Override
    public Instant now() {
        return all.now();
    }

    @Override
    public <R extends Resource> @Nullable R find(Class<R> type, String namespace, String name) {
        return all.find(known(type), namespace, name);
    }

    @Override
    public <R extends Resource> Stream<R> all(Class<R> type) {
        return all.all(known(type));
    }

    @Override
    public <R extends Resource> Stream<R> in(Class<R> type, String namespace) {
        return all.in(known(type), namespace);
    }

    @Override
    public <R extends Resource> Stream<R> owned(Resource owner, Class<R> type) {
        return all.owned(owner, known(type));
    }

    @Override
    public <R extends Resource> Stream<R> selected(
            Class<R> type, String namespace, LabelSelector selector) {
        return all.selected(known(type), namespace, selector);
    }

    /// A kind that nothing watches would be missing changes: that is a mistake in the registration.
    private <R extends Resource> Class<R> known(Class<R> type) {
        if (!kinds.contains(type)) {
            throw new IllegalStateException(
                    "the registration does not say .reads(" + type.getSimpleName() + ".class)");
        }
        return type;
    }
}
