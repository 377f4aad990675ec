package io.coxswain.apiserver.registry;

import io.coxswain.api.codec.Difference;
import io.coxswain.api.codec.Encoded;
import io.coxswain.api.codec.Problems;
import io.coxswain.api.json.Json;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Store;
import org.jspecify.annotations.Nullable;

/// How the objects of one kind are read, written and looked at: records for built-in kinds, trees
/// for custom ones. The only place where the two differ.
public interface ObjectCodec<T> {

    /// Reads a request body; unknown and duplicate fields go to `problems`, what cannot be read at
    /// all is an [io.coxswain.api.schema.ApiError].
    T read(byte[] json, Problems problems);

    T fromTree(Json.Obj tree, Problems problems);

    Json.Obj toTree(T object);

    /// The tree of an object with nothing set, from which a creation starts.
    Json.Obj emptyTree();

    /// What differs between two versions of an object; null is the object with nothing set.
    default Difference difference(@Nullable T before, T after) {
        return new Difference(before == null ? emptyTree() : toTree(before), toTree(after));
    }

    /// Whether two versions of an object are stored as the same bytes.
    default boolean same(T a, T b) {
        return toTree(a).equals(toTree(b));
    }

    /// The bytes to store, with a gap where the resource version belongs.
    Encoded encode(T object);

    /// The bytes of a draft without any resource version.
    byte[] withoutRevision(byte[] draft);

    /// Reads back what [#encode] wrote.
    T decode(byte[] stored);

    /// Reads what the codec of another version of the kind wrote with [#encode].
    default T translated(Entry written) {
        return decode(written.bytes());
    }

    ObjectMeta metadata(T object);

    T withMetadata(T object, ObjectMeta metadata);

    /// The store as objects of this kind are read from it and written to it.
    default Store over(Store store) {
        return store;
    }

    /// Whether a stored object would be written in another form today, so that even a write that
    /// changes nothing is one.
    default boolean stale(Entry entry) {
        return false;
    }

    /// The schema to publish, as the definition of a custom kind has it; null for records, which
    /// are their own schema.
    default Json.@Nullable Obj published() {
        return null;
    }

    /// The version that objects are stored in; empty when clients are not shown it.
    default String storedVersion(String served) {
        return served;
    }

    /// Whether reading may have to wait for another machine, which converts between versions.
    default boolean waits() {
        return false;
    }

    /// Whether the items of a list say their kind and version each.
    default boolean listsNameKind() {
        return false;
    }
}
