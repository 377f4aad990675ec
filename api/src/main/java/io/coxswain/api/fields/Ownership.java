package io.coxswain.api.fields;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Schema;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The owners of one object while one request changes them.
final class Ownership {

    private final Schema schema;
    private final FieldSet ignored;
    private final NavigableMap<Manager, Owned> owners;
    private FieldSet allowed = FieldSet.EMPTY;

    /// @param ignored paths that this request cannot change, such as the status in a normal update
    Ownership(Schema schema, FieldSet ignored, NavigableMap<Manager, Owned> owners) {
        this.schema = schema;
        this.ignored = ignored;
        this.owners = owners;
    }

    /// Lets the applier take these paths, provided that it conflicts over no others.
    Ownership allow(FieldSet paths) {
        allowed = paths;
        return this;
    }

    /// What changed between the two objects now belongs to whoever changed it, and to nobody else.
    FieldSet updated(Json.Obj before, Json.Obj after) {
        var difference = TypedTree.compare(before, after, schema);
        var changed = difference.changed().without(ignored);
        take(changed, difference.removed().without(ignored));
        return changed;
    }

    private void take(FieldSet changed, FieldSet removed) {
        owners.replaceAll((manager, owned) ->
                owned.with(owned.set().difference(changed).difference(removed)));
        owners.values().removeIf(owned -> owned.set().isEmpty());
    }

    /// Lays `config` over `live` on behalf of `manager`; throws a 409 when another owner's field
    /// would change and `force` is not set.
    Json.Obj applied(Json.Obj live, Json.Obj config, Manager manager, Owned wanted, boolean force) {
        var merged = TypedTree.merge(live, config, schema);
        var last = owners.get(manager);
        owners.put(manager, wanted);
        var result = last == null ? merged : prune(merged, last.set());
        var difference = TypedTree.compare(live, result, schema);
        var changed = difference.changed().without(ignored);
        var conflicts = new TreeMap<Manager, FieldSet>();
        owners.forEach((other, owned) -> {
            var both = owned.set().intersection(changed);
            if (!other.equals(manager) && !both.isEmpty()) {
                conflicts.put(other, both);
            }
        });
        var beyond =
                conflicts.values().stream().anyMatch(set -> !set.difference(allowed).isEmpty());
        if (!force && beyond) {
            throw Conflict.error(Conflict.of(conflicts));
        }
        take(changed, difference.removed().without(ignored));
        if (wanted.set().isEmpty()) {
            owners.remove(manager);
        } else {
            owners.put(manager, wanted);
        }
        return result;
    }

    /// Removes what the manager applied last time, applies no longer, and nobody else owns.
    private Json.Obj prune(Json.Obj merged, FieldSet last) {
        if (last.isEmpty()) {
            return merged;
        }
        var lastNamed = Removal.withNamedFields(last, schema);
        var pruned = Removal.remove(merged, lastNamed, schema);
        var mergedSet = Removal.withNamedFields(TypedTree.paths(merged, schema), schema);
        var managed = ManagedFields.META; // Nobody's fields stay whoever lets go of the others.
        for (var owned : owners.values()) {
            managed = managed.union(owned.set());
        }
        var kept =
                Removal.withNamedFields(TypedTree.paths(pruned, schema), schema)
                        .union(Removal.withNamedFields(managed, schema));
        var withOwned = Removal.remove(merged, mergedSet.difference(kept), schema);
        var keptSet = Removal.withNamedFields(TypedTree.paths(withOwned, schema), schema);
        return Removal.remove(
                merged, mergedSet.difference(keptSet).intersection(lastNamed), schema);
    }
}
