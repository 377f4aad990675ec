package io.coxswain.apiserver.admission;

import io.coxswain.api.schema.ResourceKind;
import io.coxswain.apiserver.User;
import org.jspecify.annotations.Nullable;

/// A write that asks to be let in.
///
/// @param old the stored object; null for a creation
/// @param subresource empty for the object itself
public record AdmissionRequest<T>(
        Operation operation,
        ResourceKind<T> kind,
        String namespace,
        String name,
        String subresource,
        @Nullable T old,
        User user,
        boolean dryRun) {

    /// What the write does.
    public enum Operation {
        CREATE,
        UPDATE,
        DELETE,
        CONNECT
    }

    public boolean creates(String groupResource) {
        return operation == Operation.CREATE
                && subresource.isEmpty()
                && kind.groupResource().equals(groupResource);
    }
}
