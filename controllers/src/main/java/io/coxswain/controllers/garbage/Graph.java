package io.coxswain.controllers.garbage;

import io.coxswain.api.meta.ObjectMeta.OwnerReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who owns whom, by UID. Used by one loop.
///
/// An owner that was only heard of from a dependent is *virtual*: it may not have been watched yet,
/// or not exist. Both have to be looked up before anyone is deleted.
final class Graph {

    private final Map<String, Vertex> byUid = new HashMap<>();

    /// What has to be looked at because of changes, in order of arrival.
    private final Set<String> suspects = new LinkedHashSet<>();

    /// One object and those that refer to it.
    static final class Vertex {
        private Identity identity;
        private @Nullable Observed observed;
        private final Set<String> dependents = new HashSet<>();

        private Vertex(Identity identity) {
            this.identity = identity;
        }

        Identity identity() {
            return identity;
        }

        /// Null for a virtual one.
        @Nullable Observed observed() {
            return observed;
        }

        boolean virtual() {
            return observed == null;
        }
    }

    int size() {
        return byUid.size();
    }

    @Nullable Vertex find(String uid) {
        return byUid.get(uid);
    }

    /// The objects that refer to this one.
    List<Vertex> dependents(Vertex owner) {
        var found = new ArrayList<Vertex>();
        for (var uid : owner.dependents) {
            var dependent = byUid.get(uid);
            if (dependent != null) {
                found.add(dependent);
            }
        }
        return found;
    }

    /// The dependents without whose end the owner may not end.
    List<Vertex> blocking(Vertex owner) {
        return dependents(owner).stream()
                .filter(dependent ->
                        dependent.observed != null
                                && dependent.observed.owners().stream()
                                        .anyMatch(ref ->
                                                ref.uid().equals(owner.identity.uid())
                                                        && Boolean.TRUE.equals(
                                                                ref.blockOwnerDeletion())))
                .toList();
    }

    /// An object as it is now.
    void see(Observed object) {
        var uid = object.identity().uid();
        var vertex = byUid.computeIfAbsent(uid, missing -> new Vertex(object.identity()));
        var before = vertex.observed;
        vertex.identity = object.identity();
        vertex.observed = object;
        var owners = before == null ? List.<OwnerReference>of() : before.owners();
        if (!owners.equals(object.owners())) {
            owners.forEach(owner -> unlink(owner, uid));
            object.owners().forEach(owner -> link(owner, object.identity()));
            // Its remaining owners may all have gone.
            suspects.add(uid);
        }
        if (object.waitsForDependents() && (before == null || !before.waitsForDependents())) {
            suspects.add(uid);
            suspects.addAll(vertex.dependents);
        }
        if (object.orphans() && (before == null || !before.orphans())) {
            suspects.add(uid);
        }
    }

    /// An object has gone, or was never there.
    void forget(String uid) {
        var vertex = byUid.remove(uid);
        if (vertex == null) {
            return;
        }
        suspects.addAll(vertex.dependents);
        if (vertex.observed != null) {
            for (var owner : vertex.observed.owners()) {
                unlink(owner, uid);
                var waiting = byUid.get(owner.uid());
                if (waiting != null
                        && waiting.observed != null
                        && waiting.observed.waitsForDependents()) {
                    suspects.add(owner.uid());
                }
            }
        }
    }

    /// The UIDs to look at, once each.
    List<String> takeSuspects() {
        var taken = List.copyOf(suspects);
        suspects.clear();
        return taken;
    }

    boolean hasSuspects() {
        return !suspects.isEmpty();
    }

    private void link(OwnerReference owner, Identity dependent) {
        var vertex = byUid.get(owner.uid());
        if (vertex == null) {
            // Whether the owner is of the whole cluster is known to whoever looks it up.
            vertex =
                    new Vertex(
                            new Identity(
                                    owner.apiVersion(),
                                    owner.kind(),
                                    dependent.namespace(),
                                    owner.name(),
                                    owner.uid()));
            byUid.put(owner.uid(), vertex);
            suspects.add(owner.uid());
        }
        vertex.dependents.add(dependent.uid());
    }

    private void unlink(OwnerReference owner, String dependent) {
        var vertex = byUid.get(owner.uid());
        if (vertex == null) {
            return;
        }
        vertex.dependents.remove(dependent);
        if (vertex.virtual() && vertex.dependents.isEmpty()) {
            byUid.remove(owner.uid());
        }
    }
}
