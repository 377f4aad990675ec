package io.coxswain.api.fields;

import io.coxswain.api.codec.Difference;
import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.json.Json;
import io.coxswain.api.meta.ObjectMeta;
import java.time.Instant;

/// Updates of objects that a test holds as trees.
final class TreeUpdates {

    private TreeUpdates() {}

    /// `updated` with the owners it has after `manager` wrote it over `live`; an object without a
    /// uid does not exist yet.
    static Json.Obj update(
            ManagedFields fields, Json.Obj live, Json.Obj updated, String manager, Instant now) {
        var before = meta(live);
        var owners =
                fields.update(
                        before.uid().isEmpty() ? null : before,
                        meta(updated),
                        new Difference(Entries.strip(live), Entries.strip(updated)),
                        manager,
                        now);
        return Entries.write(updated, Entries.read(owners));
    }

    static ObjectMeta meta(Json.Obj object) {
        return RecordReader.fromTree(ObjectMeta.class, object.object("metadata"), new Problems());
    }
}
