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
/// @param subresource empty for the object itself
/// @param old the stored object; null for a creation
/// @param call who asks, and where warnings go
/// @param registry for what admission itself has to write
public record AdmissionRequest<T>(
        Operation operation,
        Served<T> served,
        Key key,
        String subresource,
        @Nullable T old,
        Call call,
        WriteOptions options,
        Registry registry) {

    /// What the write does.
    public enum Operation {
        CREATE,
        UPDATE,
        DELETE,
        CONNECT
    }

    public ResourceKind<T> kind() {
        return served.kind();
    }

    /// The kind of what is sent: not that of the pod for who connects to one.
    public String kindName() {
        return operation == Operation.CONNECT
                ? ConnectOptions.kind(kind().plural(), subresource)
                : kind().kind();
    }

    /// Empty for an object of the whole cluster.
    public String namespace() {
        return key.namespace();
    }

    public String name() {
        return key.name();
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
        return subresource.isEmpty() && kind().groupResource().equals(groupResource);
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
        return served.codec().toTree(object);
    }

    /// The refusal of this write: `pods "a" is forbidden: …`.
    public ApiError forbidden(String why) {
        return Errors.forbidden(kind().group(), kind().plural(), key.name(), why);
    }
}
