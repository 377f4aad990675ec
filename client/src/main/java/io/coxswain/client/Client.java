package io.coxswain.client;

import io.coxswain.api.json.Json;
import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.api.schema.ResourceList;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import org.jspecify.annotations.Nullable;

/// Requests to an API server. Safe for use by many threads; every method throws [ApiError] when the
/// server answers with a `Status`, and [java.io.UncheckedIOException] when it does not answer.
public interface Client {

    <T extends Resource> T get(Class<T> type, String namespace, String name);

    /// Like [#get], but null when there is no such object.
    <T extends Resource> @Nullable T find(Class<T> type, String namespace, String name);

    /// All objects that match, over as many pages as the options ask for.
    <T extends Resource> ResourceList<T> list(Class<T> type, ListQuery query);

    /// Creates `object` in the namespace its metadata names.
    <T extends Resource> T create(T object);

    /// Replaces the object; its resource version, when set, must be the present one.
    <T extends Resource> T update(T object);

    /// Replaces the status alone.
    <T extends Resource> T updateStatus(T object);

    <T extends Resource> T patch(Class<T> type, String namespace, String name, Patch patch);

    <T extends Resource> void delete(
            Class<T> type, String namespace, String name, DeleteOptions options);

    /// Follows a collection; the stream starts right after `query.resourceVersion()`.
    <T extends Resource> WatchStream<T> watch(Class<T> type, ListQuery query);

    /// Follows a collection of any kind, custom ones too, as trees.
    WatchStream<Json.Obj> watchAny(ResourceKind<?> kind, ListQuery query);

    /// POST to a subresource, such as a pod's `binding` or `eviction`.
    <T extends Resource> void post(
            Class<T> type, String namespace, String name, String subresource, Resource body);

    /// Any other request, with this client's identity. The caller looks at the status.
    Response send(Request request);

    /// Like [#send] for a JSON answer: throws the [ApiError] of an answer that is no success.
    Json.Obj json(Request request);
}
