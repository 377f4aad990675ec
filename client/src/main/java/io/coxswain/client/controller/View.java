package io.coxswain.client.controller;

import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Resource;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The cluster as the informers of one controller know it. Does not change while it is looked at.
public interface View {

    /// The time of this reconciliation.
    Instant now();

    /// Why the last plan for this object stopped half-way; null if it did not. Lets a controller
    /// report in a status what its steps met.
    @Nullable Failure failure();

    <R extends Resource> @Nullable R find(Class<R> type, String namespace, String name);

    /// All objects of a kind, in key order.
    <R extends Resource> Stream<R> all(Class<R> type);

    /// The objects of a kind in one namespace, in name order.
    <R extends Resource> Stream<R> in(Class<R> type, String namespace);

    /// The objects of a kind whose controlling owner reference is `owner`'s UID, in the owner's
    /// namespace.
    <R extends Resource> Stream<R> owned(Resource owner, Class<R> type);

    /// The objects of a kind in one namespace whose labels match; an empty selector matches all.
    <R extends Resource> Stream<R> selected(
            Class<R> type, String namespace, LabelSelector selector);

    /// A step of a plan that the server refused.
    record Failure(Step step, ApiError error) {}
}
