package io.coxswain.apiserver.registry;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import java.util.Objects;

/// What of a new object's metadata is this server's alone: admission, and the webhooks it asks,
/// change the rest.
final class SystemFields {

    private SystemFields() {}

    /// `admitted` with the metadata that `fresh` got from this server; refuses it in another
    /// namespace.
    static <T> T kept(Served<T> kind, T fresh, T admitted) {
        var given = kind.codec().metadata(fresh);
        var now = kind.codec().metadata(admitted);
        if (!now.namespace().equals(given.namespace())) {
            throw Errors.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the"
                            + " request");
        }
        if (now.uid().equals(given.uid())
                && Objects.equals(now.creationTimestamp(), given.creationTimestamp())
                && now.deletionTimestamp() == null
                && now.resourceVersion().isEmpty()) {
            return admitted;
        }
        var meta =
                Edit.of(now)
                        .set(ObjectMeta::uid, given.uid())
                        .set(ObjectMeta::creationTimestamp, given.creationTimestamp())
                        .set(ObjectMeta::deletionTimestamp, null)
                        .set(ObjectMeta::deletionGracePeriodSeconds, null)
                        .set(ObjectMeta::resourceVersion, "")
                        .done();
        return kind.codec().withMetadata(admitted, meta);
    }
}
