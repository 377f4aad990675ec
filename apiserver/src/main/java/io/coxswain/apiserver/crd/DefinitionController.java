package io.coxswain.apiserver.crd;

import io.coxswain.api.Kinds;
import io.coxswain.api.apiextensions.Conditions;
import io.coxswain.api.apiextensions.CustomResourceDefinition;
import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Deletion;
import io.coxswain.apiserver.registry.Part;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.apiserver.verbs.Deletes;
import io.coxswain.base.Loop;
import io.coxswain.http.Request;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after definitions: accepts their names, establishes them, and when one is deleted, deletes
/// its objects before it lets it go.
public final class DefinitionController implements Loop, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DefinitionController.class);
    private static final User SELF = User.of("system:apiserver", User.MASTERS);
    private static final WriteOptions OPTIONS = WriteOptions.internal("kube-apiserver");

    /// How often it is looked whether the objects of a deleted definition are gone.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Registry registry;
    private final Catalog catalog;
    private final CustomKinds kinds;
    private volatile Runnable whenDone = () -> {};
    private @Nullable Watch watch;

    public DefinitionController(Registry registry, Catalog catalog, CustomKinds kinds) {
        this.registry = registry;
        this.catalog = catalog;
        this.kinds = kinds;
    }

    /// Runs `wakeUp` whenever a definition changes, and `done` when that was looked after.
    public void follow(Runnable wakeUp, Runnable done) {
        whenDone = done;
        var resource = Kinds.of(CustomResourceDefinition.class).kind().groupResource();
        var store = registry.store();
        watch = store.watch(resource, store.snapshot().revision(), wakeUp);
    }

    @Override
    public Next runOnce() {
        var served = catalog.of(CustomResourceDefinition.class);
        var waiting = false;
        for (var definition : all()) {
            try {
                if (definition.deleting()) {
                    waiting |= !finished(served, definition);
                } else {
                    establish(served, definition);
                }
            } catch (ApiError error) {
                // The others go on; this one is tried again.
                LOG.warn("definition {}: {}", definition.name(), error.getMessage());
                waiting = true;
            }
        }
        kinds.refresh();
        try {
            whenDone.run();
        } catch (ApiError error) {
            LOG.warn("definitions: {}", error.getMessage());
            waiting = true;
        }
        return waiting ? Next.in(registry.clock(), PATIENCE) : Next.WHEN_WOKEN;
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
    }

    private List<CustomResourceDefinition> all() {
        return catalog.all(registry.store().snapshot(), CustomResourceDefinition.class);
    }

    private void establish(
            Served<CustomResourceDefinition> served, CustomResourceDefinition definition) {
        var now = registry.clock().now();
        if (!Establishing.decide(definition, all(), now).equals(definition)) {
            status(served, definition, stored -> Establishing.decide(stored, all(), now));
        }
    }

    private void status(
            Served<CustomResourceDefinition> served,
            CustomResourceDefinition definition,
            Registry.Change<CustomResourceDefinition> change) {
        var path = served.kind().path("", definition.name()) + "/status";
        var call = Call.of(Request.of("PUT", path)).as(SELF);
        try {
            registry.update(
                    call, served, served.key("", definition.name()), Part.STATUS, change, OPTIONS);
        } catch (ApiError error) {
            if (!error.notFound()) {
                throw error;
            }
        }
    }

    /// Brings the end of a definition forward; true when nothing remains to be done for it.
    private boolean finished(
            Served<CustomResourceDefinition> served, CustomResourceDefinition definition) {
        if (!definition.metadata().finalizers().contains(Deletion.CUSTOM_RESOURCE_CLEANUP)) {
            return true;
        }
        if (deleteObjects(definition) > 0) {
            progress(
                    served,
                    definition,
                    true,
                    "InstanceDeletionInProgress",
                    "CustomResource deletion is in progress");
            return false;
        }
        progress(served, definition, false, "InstanceDeletionCompleted", "removed all instances");
        release(served, definition);
        return true;
    }

    private void progress(
            Served<CustomResourceDefinition> served,
            CustomResourceDefinition definition,
            boolean terminating,
            String reason,
            String message) {
        var condition = Conditions.of(Conditions.TERMINATING, terminating, reason, message);
        var now = registry.clock().now();
        if (!Conditions.with(definition, condition, now).equals(definition)) {
            status(served, definition, stored -> Conditions.with(stored, condition, now));
        }
    }

    /// Deletes what there is; returns how many objects are left, waiting for their finalizers.
    private int deleteObjects(CustomResourceDefinition definition) {
        var known = kinds.definition(definition.name());
        if (known == null) {
            return 0;
        }
        var served = known.stores().served();
        var objects = entries(served);
        var options = Edit.of(DeleteOptions.class).done();
        for (var entry : objects) {
            var key = entry.key();
            var path = served.kind().path(key.namespace(), key.name());
            var call = Call.of(Request.of("DELETE", path)).as(SELF);
            try {
                Deletes.delete(call, served, registry.of(served), key, options, OPTIONS);
            } catch (ApiError error) {
                if (!error.notFound()) {
                    throw error;
                }
            }
        }
        return entries(served).size();
    }

    private List<Entry> entries(Served<CustomObject> served) {
        var entries = new ArrayList<Entry>();
        registry.store()
                .snapshot()
                .list(served.kind().groupResource(), "", null)
                .forEachRemaining(entries::add);
        return entries;
    }

    private void release(
            Served<CustomResourceDefinition> served, CustomResourceDefinition definition) {
        var path = served.kind().path("", definition.name());
        var call = Call.of(Request.of("PUT", path)).as(SELF);
        try {
            registry.update(
                    call,
                    served,
                    served.key("", definition.name()),
                    Part.MAIN,
                    DefinitionController::released,
                    OPTIONS);
        } catch (ApiError error) {
            if (!error.notFound()) {
                throw error;
            }
        }
    }

    private static CustomResourceDefinition released(CustomResourceDefinition definition) {
        var left = new ArrayList<>(definition.metadata().finalizers());
        left.remove(Deletion.CUSTOM_RESOURCE_CLEANUP);
        return Edit.with(
                definition,
                CustomResourceDefinition::metadata,
                Edit.with(definition.metadata(), ObjectMeta::finalizers, left));
    }
}
