package io.coxswain.api.fields;

import io.coxswain.api.codec.Difference;
import io.coxswain.api.json.Json;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.meta.ObjectMeta.ManagedFieldsEntry;
import io.coxswain.api.patch.Depth;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Field ownership of one kind, seen through one of its endpoints.
///
/// @param schema of the kind
/// @param empty the object with nothing set, from which a create starts: for a record the tree of
/// its empty instance, for a custom kind `{}` with its apiVersion and kind
/// @param apiVersion of the request
/// @param subresource `status`, `scale`, … or empty
/// @param ignored what this endpoint never changes: the status of a main endpoint, the rest of a
///     status endpoint. Nobody becomes owner of it here.
public record ManagedFields(
        Schema schema, Json.Obj empty, String apiVersion, String subresource, FieldSet ignored) {

    private static final int UPDATERS_MAX = 10;
    private static final String ANCIENT = "ancient-changes";
    private static final String BEFORE_APPLY = "before-first-apply";

    /// Fields that are nobody's.
    static final FieldSet META =
            FieldSet.of(
                    "apiVersion",
                    "kind",
                    "metadata",
                    "metadata.name",
                    "metadata.namespace",
                    "metadata.creationTimestamp",
                    "metadata.selfLink",
                    "metadata.uid",
                    "metadata.clusterName",
                    "metadata.generation",
                    "metadata.managedFields",
                    "metadata.resourceVersion");

    /// Merges `config` into `live` (the empty object when there is none) for the applier `manager`.
    ///
    /// Returns the merged object with its new owners, still to be defaulted and validated. Throws a
    /// 409 with every conflict unless `force`, a 400 or 500 for a configuration that cannot be.
    public Json.Obj apply(
            Json.Obj live, Json.Obj config, String manager, boolean force, Instant now) {
        return Depth.guard(
                () -> applied(live, config, Manager.applier(manager, subresource), force, now));
    }

    private Json.Obj applied(
            Json.Obj live, Json.Obj config, Manager manager, boolean force, Instant now) {
        if (!config.object("metadata").items("managedFields").isEmpty()) {
            throw Errors.badRequest("metadata.managedFields must be nil");
        }
        TypedCheck.check(config, schema);
        var before = Entries.strip(live);
        var owners = Entries.read(live);
        if (owners.isEmpty()) {
            track(
                    owners,
                    empty,
                    before,
                    Manager.updater(BEFORE_APPLY, apiVersion, subresource),
                    now);
        }
        var set = TypedTree.paths(config, schema).without(ignored).difference(META);
        var wanted = new Owned(set, apiVersion, Entries.timeOf(owners, manager));
        var ownership =
                new Ownership(schema, ignored, owners)
                        .allow(LastApplied.allowed(before, manager.name(), schema));
        var result = ownership.applied(before, config, manager, wanted, force);
        if (!result.equals(before)) {
            owners.computeIfPresent(manager, (m, owned) -> new Owned(owned.set(), apiVersion, now));
        }
        return Entries.write(LastApplied.refresh(result, before, config, manager.name()), owners);
    }

    /// The owners after `manager` changed an object with the metadata `live` (null on create) into
    /// one with the metadata `updated`: he owns what differs.
    public List<ManagedFieldsEntry> update(
            @Nullable ObjectMeta live,
            ObjectMeta updated,
            Difference difference,
            String manager,
            Instant now) {
        return Depth.guard(() -> {
            var owners = ownersBefore(live, updated);
            if (owners.isEmpty() && live != null) {
                return List.of(); // Nobody tracks this object, and an update does not begin to.
            }
            var updater = Manager.updater(manager, apiVersion, subresource);
            track(owners, difference.before(), difference.after(), updater, now);
            cap(owners);
            return Entries.entries(owners);
        });
    }

    /// A client may send owners of its own, or one empty entry to forget them all.
    private NavigableMap<Manager, Owned> ownersBefore(
            @Nullable ObjectMeta live, ObjectMeta updated) {
        if (subresource.isEmpty()) {
            if (Entries.reset(updated.managedFields())) {
                return new TreeMap<>();
            }
            var sent = Entries.read(updated.managedFields());
            if (!sent.isEmpty()) {
                return sent;
            }
        }
        return live == null ? new TreeMap<>() : Entries.read(live.managedFields());
    }

    private void track(
            NavigableMap<Manager, Owned> owners,
            Json.Obj before,
            Json.Obj after,
            Manager updater,
            Instant now) {
        var taken = new Ownership(schema, ignored, owners).updated(before, after).difference(META);
        if (taken.isEmpty()) {
            return;
        }
        var left = owners.get(updater);
        var set = left == null ? taken : left.set().union(taken);
        owners.put(updater, new Owned(set, apiVersion, now));
    }

    /// Folds the oldest updaters into one per version when there are too many.
    private static void cap(NavigableMap<Manager, Owned> owners) {
        var updaters = new ArrayList<>(owners.keySet());
        updaters.removeIf(Manager::applies);
        var count = updaters.size();
        if (count <= UPDATERS_MAX) {
            return;
        }
        Map<Manager, Owned> all = Map.copyOf(owners);
        updaters.sort(
                Comparator.comparingLong((Manager m) -> seconds(all, m))
                        .thenComparing(Comparator.naturalOrder()));
        var firstOfVersion = new HashMap<String, Manager>();
        for (var updater : updaters) {
            var owned = owners.get(updater);
            if (count <= UPDATERS_MAX || owned == null) {
                return;
            }
            var first = firstOfVersion.putIfAbsent(owned.apiVersion(), updater);
            if (first == null) {
                continue;
            }
            var bucket = Manager.updater(ANCIENT, owned.apiVersion(), "");
            var folded = owners.get(bucket);
            if (folded == null) {
                folded = owners.remove(first);
            }
            owners.remove(updater);
            var set = folded == null ? owned.set() : folded.set().union(owned.set());
            owners.put(bucket, new Owned(set, owned.apiVersion(), owned.time()));
            count--;
        }
    }

    private static long seconds(Map<Manager, Owned> owners, Manager manager) {
        var owned = owners.get(manager);
        return owned == null ? 0 : owned.seconds();
    }

    /// Whether nothing but the times of two lists of owners differs.
    public static boolean sameButTimes(List<ManagedFieldsEntry> a, List<ManagedFieldsEntry> b) {
        return a.equals(b) || timeless(a).equals(timeless(b));
    }

    private static Map<Manager, FieldSet> timeless(List<ManagedFieldsEntry> entries) {
        var sets = new TreeMap<Manager, FieldSet>();
        Entries.read(entries).forEach((manager, owned) -> sets.put(manager, owned.set()));
        return sets;
    }
}
