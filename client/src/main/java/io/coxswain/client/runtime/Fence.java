package io.coxswain.client.runtime;

import io.coxswain.api.schema.Resource;
import io.coxswain.client.Informer;

/// Something that was written and must show in an informer before its author decides again.
@FunctionalInterface
interface Fence {

    boolean passed();

    /// The informer has come as far as the revision that a write returned.
    static Fence written(Informer<?> informer, Resource answer) {
        var version = answer.metadata().resourceVersion();
        var revision = version.isEmpty() ? 0 : Long.parseLong(version);
        return () -> informer.revision() >= revision;
    }

    /// The informer shows the object gone, replaced or being deleted.
    static <T extends Resource> Fence deleted(Informer<T> informer, Resource object) {
        return () -> {
            var seen = informer.find(object.namespace(), object.name());
            return seen == null || seen.deleting() || !seen.uid().equals(object.uid());
        };
    }
}
