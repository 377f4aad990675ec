package io.coxswain.client;

import io.coxswain.api.schema.Resource;
import io.coxswain.client.controller.View;

/// The informers of one process, one for each collection however many ask for it.
public interface Informers extends AutoCloseable {

    /// The informer of a whole kind; started on first use.
    <T extends Resource> Informer<T> of(Class<T> type);

    /// The informer of a part of a kind: one namespace, or what a selector selects (a kubelet's
    /// pods).
    <T extends Resource> Informer<T> of(Class<T> type, ListQuery query);

    /// Whether every informer asked for so far has its first list.
    boolean synced();

    /// What the whole-kind informers know at this moment.
    View view();

    @Override
    void close();
}
