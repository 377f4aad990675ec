package io.coxswain.apiserver.admission;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.storage.Key;
import org.jspecify.annotations.Nullable;

/// A write that asks to be let in.
///
/// @param old what is stored; null for a creation
/// @param call who asks, and where warnings go
/// @param registry for what admission itself has to write
/// @param asked the write as it was asked for, where this is how another version of the kind shows
///     it; else null
public record AdmissionRequest<T>(
        Operation operation,
        Target<T> target,
        @Nullable T old,
        Call call,
        WriteOptions options,
        Registry registry,
        @Nullable AdmissionRequest<?> asked) {

    public AdmissionRequest(
            Operation operation,
            Target<T> target,
            @Nullable T old,
            Call call,
            WriteOptions options,
            Registry registry) {
        this(operation, target, old, call, options, registry, null);
    }

    /// What is written.
    ///
    /// @param resource that the path names
    /// @param subresource empty for the object itself
    /// @param served the kind of what is sent: that of the resource, or one of its own, such as a
    ///     Scale
    public record Target<T>(
            ResourceKind<?> resource, String subresource, Key key, Served<T> served) {

        public static <T> Target<T> of(Served<T> served, Key key, String subresource) {
            return new Target<>(served.kind(), subresource, key, served);
        }
    }

    /// What the write does.
    public enum Operation {
        CREATE,
        UPDATE,
        DELETE,
        CONNECT
    }

    /// The resource that the path names.
    public ResourceKind<?> kind() {
        return target.resource;
    }

    public String subresource() {
        return target.subresource;
    }

    public Key key() {
        return target.key;
    }

    /// The kind of what is sent.
    public Served<T> served() {
        return target.served;
    }

    /// The kind of what is sent, by its names: not that of the pod for who connects to one.
    public Names sent() {
        if (operation == Operation.CONNECT) {
            return new Names("", "v1", ConnectOptions.kind(kind().plural(), subresource()));
        }
        var kind = served().kind();
        return new Names(kind.group(), kind.version(), kind.kind());
    }

    public record Names(String group, String version, String kind) {}

    /// Empty for an object of the whole cluster.
    public String namespace() {
        return key().namespace();
    }

    public String name() {
        return key().name();
    }

    public User user() {
        return call.user();
    }

    public boolean dryRun() {
        return options.dryRun();
    }

    public boolean creates(String groupResource) {
        return operation == Operation.CREATE && is(groupResource);
    }

    public boolean updates(String groupResource) {
        return operation == Operation.UPDATE && is(groupResource);
    }

    /// Whether the write is for objects of this resource, not for a part of them.
    public boolean is(String groupResource) {
        return subresource().isEmpty() && kind().groupResource().equals(groupResource);
    }

    public void warn(String text) {
        call.warn(text);
    }

    /// Says something in the audit event of the request.
    public void annotate(String key, String value) {
        call.annotations().put(key, value);
    }

    /// An object of this kind as a tree.
    public Json.Obj tree(T object) {
        if (object instanceof ConnectOptions(var options)) {
            return options;
        }
        return served().codec().toTree(object);
    }

    /// The refusal of this write: `pods "a" is forbidden: …`.
    public ApiError forbidden(String why) {
        return Errors.forbidden(kind().group(), kind().plural(), name(), why);
    }

    /// Whether what is sent is of a kind of its own, which no version of the resource changes.
    public boolean sendsItsOwnKind() {
        return !served().kind().equals(kind());
    }

    /// This write as one to another version of the resource.
    public AdmissionRequest<T> of(ResourceKind<?> version) {
        var seen = new Target<>(version, subresource(), key(), served());
        return new AdmissionRequest<>(operation, seen, old, call, options, registry, this);
    }

    /// This write as another version of its kind shows it.
    public <S> AdmissionRequest<S> in(Served<S> version) {
        var before = old == null ? null : translated(version, old);
        var seen = new Target<>(version.kind(), subresource(), key(), version);
        return new AdmissionRequest<>(operation, seen, before, call, options, registry, this);
    }

    /// An object of this write in another version.
    public <S> S translated(Served<S> version, T object) {
        return registry.translated(served(), version, object);
    }
}
