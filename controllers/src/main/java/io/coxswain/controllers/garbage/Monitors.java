package io.coxswain.controllers.garbage;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.base.Loops;
import io.coxswain.client.Client;
import io.coxswain.client.Discovery;
import io.coxswain.client.Informer;
import io.coxswain.client.Informers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What follows the metadata of every resource that can be collected: the informers this process
/// has anyway, and a watch of its own for each of the others.
final class Monitors {

    /// Written all the time, owned by nobody.
    private static final Set<String> IGNORED = Set.of("events", "events.events.k8s.io");

    private final Client client;
    private final Loops loops;
    private final Consumer<Change> changes;
    private final Runnable onSynced;
    private final Map<String, Informer<?>> informers = new HashMap<>();
    private final Map<String, MetadataWatch> watches = new HashMap<>();
    private final Map<String, ResourceKind<Json.Obj>> kinds = new HashMap<>();

    /// @param onSynced called whenever [#synced] may have become true
    Monitors(Client client, Loops loops, Consumer<Change> changes, Runnable onSynced) {
        this.client = client;
        this.loops = loops;
        this.changes = changes;
        this.onSynced = onSynced;
    }

    /// Uses the informers of these kinds.
    void use(Informers shared, Set<Class<? extends Resource>> types) {
        types.forEach(type -> use(shared, type));
    }

    /// Asks the server what it has, and starts and stops watches accordingly. Returns whether every
    /// group answered.
    boolean refresh() {
        var discovery = Discovery.of(client);
        var present = new HashSet<String>();
        for (var resource : discovery.resources()) {
            var kind = resource.kind();
            kinds.put(kindKey(kind.group(), kind.kind()), kind);
            if (resource.can("delete", "list", "watch")
                    && !IGNORED.contains(kind.groupResource())) {
                present.add(kind.groupResource());
                follow(kind);
            }
        }
        if (discovery.failed().isEmpty()) {
            stopAllBut(present);
        }
        return discovery.failed().isEmpty();
    }

    boolean synced() {
        return informers.values().stream().allMatch(Informer::synced)
                && watches.values().stream().allMatch(MetadataWatch::synced);
    }

    /// The resource of an owner reference; null when the server has no such kind.
    @Nullable ResourceKind<Json.Obj> kind(Identity identity) {
        return kinds.get(kindKey(identity.group(), identity.kind()));
    }

    void close() {
        stopAllBut(Set.of());
    }

    private <T extends Resource> void use(Informers shared, Class<T> type) {
        var kind = ResourceKind.of(type);
        var informer = shared.of(type);
        informers.put(kind.groupResource(), informer);
        informer.onSynced(onSynced);
        informer.onChange((before, after) -> {
            if (before != null && (after == null || !after.uid().equals(before.uid()))) {
                changes.accept(new Change.Gone(before.uid()));
            }
            if (after != null && (before == null || concerns(before, after))) {
                changes.accept(new Change.Seen(Observed.of(kind, after.metadata())));
            }
        });
    }

    /// Most changes of an object are none of the collector's business, but it wants the newest
    /// version.
    private static boolean concerns(Resource before, Resource after) {
        return !before.metadata().resourceVersion().equals(after.metadata().resourceVersion());
    }

    private void follow(ResourceKind<Json.Obj> kind) {
        var resource = kind.groupResource();
        if (informers.containsKey(resource) || watches.containsKey(resource)) {
            return;
        }
        var watch = new MetadataWatch(kind, client, loops.clock(), changes, onSynced);
        watches.put(resource, watch);
        watch.startOn(loops);
    }

    private void stopAllBut(Set<String> present) {
        List<String> gone = new ArrayList<>(watches.keySet());
        gone.removeAll(present);
        for (var resource : gone) {
            var watch = watches.remove(resource);
            if (watch != null) {
                watch.stop();
            }
        }
    }

    private static String kindKey(String group, String kind) {
        return group + "/" + kind;
    }
}
