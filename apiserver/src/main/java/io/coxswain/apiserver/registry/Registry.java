package io.coxswain.apiserver.registry;

import io.coxswain.api.fields.ManagedFields;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldError;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.AdmissionRequest.Operation;
import io.coxswain.apiserver.admission.AdmissionRequest.Target;
import io.coxswain.base.Clock;
import io.coxswain.storage.Draft;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Key;
import io.coxswain.storage.Store;
import io.coxswain.storage.Write;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The one way to write an object, whatever its kind: default → prepare → admit → validate → encode
/// → store, again from the start when another write came first.
///
/// Reads need no registry: a snapshot of the store and [Served#object] are enough.
public final class Registry {

    /// How often a generated name is tried again when it is taken.
    private static final int NAME_ATTEMPTS = 8;

    private final Store store;
    private final Clock clock;
    private final Headers headers = new Headers();
    private final List<AdmissionPlugin> admission;
    private final Names names;

    public Registry(Store store, Clock clock, List<AdmissionPlugin> admission, Names names) {
        this.store = store;
        this.clock = clock;
        this.admission = admission;
        this.names = names;
    }

    public Store store() {
        return store;
    }

    /// This registry over the store as `kind` sees it.
    @SuppressWarnings("ReferenceEquality")
    public Registry of(Served<?> kind) {
        var seen = kind.codec().over(store);
        return seen == store ? this : new Registry(seen, clock, admission, names);
    }

    public List<AdmissionPlugin> admission() {
        return admission;
    }

    public Clock clock() {
        return clock;
    }

    /// The stored object, or null.
    public @Nullable Entry find(Key key) {
        return store.snapshot().get(key);
    }

    /// The stored object; throws NotFound.
    public Entry get(Served<?> kind, String namespace, String name) {
        var entry = find(kind.key(namespace, name));
        if (entry == null) {
            // Upstream's own list of components knows only its singular name.
            var named = kind.kind().plural();
            throw Errors.notFound(
                    kind.kind().group(),
                    named.equals("componentstatuses") ? "componentstatus" : named,
                    name);
        }
        return entry;
    }

    /// Creates `object` in `namespace`, with a generated name if it asks for one.
    public <T> Entry create(
            Call call, Served<T> kind, String namespace, T object, WriteOptions options) {
        var generates = kind.codec().metadata(object).name().isEmpty();
        for (var attempt = 1; ; attempt++) {
            var candidate =
                    owned(kind, Part.MAIN, null, newObject(kind, namespace, object), options);
            var admitted = admitNew(call, kind, namespace, candidate, options);
            var entry = write(kind, null, admitted, options);
            if (entry != null) {
                return entry;
            }
            var name = kind.codec().metadata(admitted).name();
            if (!generates || attempt == NAME_ATTEMPTS) {
                throw taken(kind, kind.key(namespace, name));
            }
        }
    }

    private ApiError taken(Served<?> kind, Key key) {
        var error = Errors.alreadyExists(kind.kind().group(), kind.kind().plural(), key.name());
        var holder = find(key);
        return holder != null && deleting(kind, holder)
                ? Errors.of(
                        error.code(),
                        error.reason(),
                        "object is being deleted: " + error.getMessage(),
                        error.status().details())
                : error;
    }

    private static <T> boolean deleting(Served<T> kind, Entry entry) {
        return kind.codec().metadata(kind.object(entry)).deletionTimestamp() != null;
    }

    /// Says what an object should become.
    @FunctionalInterface
    public interface Change<T> {
        /// Called with the stored object, again whenever another write came first.
        /// Its resource version is the precondition, if it keeps one.
        T apply(T stored);
    }

    /// Replaces an object by what `change` makes of it.
    public <T> Decision update(
            Call call, Served<T> kind, Key key, Part part, Change<T> change, WriteOptions options) {
        while (true) {
            var current = find(key);
            if (current == null) {
                throw Errors.notFound(kind.kind().group(), kind.kind().plural(), key.name());
            }
            var old = kind.object(current);
            var wanted = change.apply(old);
            checkVersion(kind, key, current, wanted);
            var claimed = owned(kind, part, old, asStored(kind, old, wanted), options);
            var admitted = admitUpdate(call, kind, key, part, old, claimed, options);
            if (Deletion.complete(kind, admitted)) {
                // Watchers see the stored state go; the caller is answered with what it asked for.
                if (remove(kind, current, old, options) != null) {
                    return new Decision(asked(kind, current, admitted), true, false);
                }
                continue;
            }
            var entry = write(kind, current, admitted, options);
            if (entry != null) {
                return new Decision(entry, false, false);
            }
        }
    }

    private <T> Entry asked(Served<T> kind, Entry current, T object) {
        var draft = draft(kind, object);
        var bytes = draft.at(current.revision());
        return new Entry(current.key(), current.revision(), draft.header(), bytes);
    }

    /// Replaces an object without strategy, admission or validation: for what the server itself
    /// changes (deletion marks, allocation).
    public <T> @Nullable Entry write(
            Served<T> kind, @Nullable Entry current, T object, WriteOptions options) {
        var meta = kind.codec().metadata(object);
        var key = kind.key(meta.namespace(), meta.name());
        var draft = draft(kind, object);
        if (current != null
                && !kind.codec().stale(current)
                && !store.outdated(current)
                && Arrays.equals(draft.at(current.revision()), current.bytes())) {
            return current; // Nothing changes: no revision, no event.
        }
        var expected = current == null ? Write.ABSENT : current.revision();
        if (options.dryRun()) {
            return dry(kind, key, current, draft);
        }
        var write = new Write(key, expected, draft, false, Lifetimes.of(kind.kind()));
        return switch (store.write(write)) {
            case Write.Outcome.Written(var entry) -> entry;
            case Write.Outcome.Conflict conflict -> null;
        };
    }

    /// What a write would have made. A new object has no resource version.
    private @Nullable Entry dry(Served<?> kind, Key key, @Nullable Entry current, Draft draft) {
        if (current != null) {
            return new Entry(key, current.revision(), draft.header(), draft.at(current.revision()));
        }
        if (find(key) != null) {
            return null;
        }
        var bytes = kind.codec().withoutRevision(draft.bytes());
        return new Entry(key, Write.ABSENT, draft.header(), bytes);
    }

    /// Removes an object whose last state is `last`; null when another write came first.
    public <T> @Nullable Entry remove(Served<T> kind, Entry current, T last, WriteOptions options) {
        if (options.dryRun()) {
            return current;
        }
        return switch (store.write(
                Write.delete(current.key(), current.revision(), draft(kind, last)))) {
            case Write.Outcome.Written(var entry) -> entry;
            case Write.Outcome.Conflict conflict -> null;
        };
    }

    public <T> void admitDelete(Call call, Served<T> kind, Entry current, WriteOptions options) {
        var request =
                new AdmissionRequest<>(
                        Operation.DELETE,
                        Target.of(kind, current.key(), ""),
                        kind.object(current),
                        call,
                        options,
                        this);
        admission.forEach(plugin -> plugin.mutate(request, kind.object(current)));
        admission.forEach(plugin -> plugin.validate(request, kind.object(current)));
    }

    /// An object in another version of its kind.
    public <T, S> S translated(Served<T> from, Served<S> to, T object) {
        var meta = from.codec().metadata(object);
        var draft = draft(from, object);
        var key = from.key(meta.namespace(), meta.name());
        if (meta.resourceVersion().isEmpty()) {
            var bytes = from.codec().withoutRevision(draft.bytes());
            return to.codec().translated(new Entry(key, Write.ABSENT, draft.header(), bytes));
        }
        var revision = Long.parseLong(meta.resourceVersion());
        var entry = new Entry(key, revision, draft.header(), draft.at(revision));
        return to.codec().translated(entry);
    }

    private <T> T newObject(Served<T> kind, String namespace, T object) {
        var meta = kind.codec().metadata(object);
        var name = meta.name().isEmpty() ? names.generate(kind.kind(), meta) : meta.name();
        var fresh =
                Edit.of(meta)
                        .set(ObjectMeta::name, name)
                        .set(ObjectMeta::namespace, kind.kind().namespaced() ? namespace : "")
                        .set(ObjectMeta::uid, UUID.randomUUID().toString())
                        .set(ObjectMeta::creationTimestamp, Times.seconds(clock.now()))
                        .set(ObjectMeta::resourceVersion, "")
                        .set(ObjectMeta::selfLink, "")
                        .set(ObjectMeta::deletionTimestamp, null)
                        .set(ObjectMeta::deletionGracePeriodSeconds, null)
                        .set(ObjectMeta::generation, 0L)
                        .done();
        return kind.strategy().withDefaults(kind.codec().withMetadata(object, fresh));
    }

    private <T> T admitNew(
            Call call, Served<T> kind, String namespace, T object, WriteOptions options) {
        var name = kind.codec().metadata(object).name();
        var request =
                new AdmissionRequest<>(
                        Operation.CREATE,
                        Target.of(kind, kind.key(namespace, name), ""),
                        null,
                        call,
                        options,
                        this);
        var admitted = object;
        for (var plugin : admission) {
            admitted = plugin.mutate(request, admitted);
        }
        admitted = SystemFields.kept(kind, object, admitted);
        admitted = kind.strategy().prepareForCreate(kind.strategy().withDefaults(admitted));
        throwIfInvalid(kind, name, kind.strategy().check(admitted));
        for (var plugin : admission) {
            plugin.validate(request, admitted);
        }
        kind.strategy().warningsFor(admitted, null).forEach(call::warn);
        for (var plugin : admission) {
            admitted = plugin.allocate(request, admitted);
        }
        return admitted;
    }

    /// `wanted` with the metadata that a client cannot change, and with defaults.
    private static <T> T asStored(Served<T> kind, T old, T wanted) {
        var before = kind.codec().metadata(old);
        var kept =
                Edit.of(kind.codec().metadata(wanted))
                        .set(ObjectMeta::resourceVersion, before.resourceVersion())
                        .set(ObjectMeta::creationTimestamp, before.creationTimestamp())
                        .set(ObjectMeta::deletionTimestamp, before.deletionTimestamp())
                        .set(
                                ObjectMeta::deletionGracePeriodSeconds,
                                before.deletionGracePeriodSeconds())
                        .set(ObjectMeta::generation, before.generation())
                        .set(ObjectMeta::selfLink, "")
                        .change(ObjectMeta::uid, uid -> uid.isEmpty() ? before.uid() : uid)
                        .done();
        return kind.strategy().withDefaults(kind.codec().withMetadata(wanted, kept));
    }

    private <T> T admitUpdate(
            Call call, Served<T> kind, Key key, Part part, T old, T claimed, WriteOptions options) {
        var request =
                new AdmissionRequest<>(
                        Operation.UPDATE,
                        Target.of(kind, key, part.subresource()),
                        old,
                        call,
                        options,
                        this);
        var plugins = part.admitted() ? List.<AdmissionPlugin>of() : admission;
        var admitted = claimed;
        for (var plugin : plugins) {
            admitted = plugin.mutate(request, admitted);
        }
        var where = part.subresource();
        admitted = kind.strategy().prepareForUpdate(where, old, admitted);
        throwIfInvalid(kind, key.name(), kind.strategy().checkUpdate(where, old, admitted));
        for (var plugin : plugins) {
            plugin.validate(request, admitted);
        }
        kind.strategy().warningsFor(admitted, old).forEach(call::warn);
        for (var plugin : plugins) {
            admitted = plugin.allocate(request, admitted);
        }
        return settled(kind, old, admitted);
    }

    /// The object with its managed fields brought up to date for this writer. Done before admission
    /// and preparation, whose changes are nobody's.
    private <T> T owned(
            Served<T> kind, Part part, @Nullable T old, T updated, WriteOptions options) {
        if (options.applies()) {
            return updated;
        }
        var codec = kind.codec();
        var meta = codec.metadata(updated);
        var owners =
                kind.managedFields(part)
                        .update(
                                old == null ? null : codec.metadata(old),
                                meta,
                                codec.difference(
                                        old == null ? null : ownerless(kind, old),
                                        ownerless(kind, updated)),
                                options.fieldManager(),
                                clock.now());
        return codec.withMetadata(updated, Edit.with(meta, ObjectMeta::managedFields, owners));
    }

    /// `updated`, or `old` when nothing but the times of managers differs: such a write is none.
    private static <T> T settled(Served<T> kind, T old, T updated) {
        var codec = kind.codec();
        return codec.same(ownerless(kind, old), ownerless(kind, updated))
                        && ManagedFields.sameButTimes(
                                codec.metadata(old).managedFields(),
                                codec.metadata(updated).managedFields())
                ? old
                : updated;
    }

    private static <T> T ownerless(Served<T> kind, T object) {
        var meta = kind.codec().metadata(object);
        return meta.managedFields().isEmpty()
                ? object
                : kind.codec()
                        .withMetadata(
                                object, Edit.with(meta, ObjectMeta::managedFields, List.of()));
    }

    private <T> void checkVersion(Served<T> kind, Key key, Entry current, T wanted) {
        var meta = kind.codec().metadata(wanted);
        var version = meta.resourceVersion();
        if (!version.isEmpty() && !version.equals(Long.toString(current.revision()))) {
            throw Errors.modified(kind.kind().group(), kind.kind().plural(), key.name());
        }
        var uid = kind.codec().metadata(kind.object(current)).uid();
        if (!meta.uid().isEmpty() && !meta.uid().equals(uid)) {
            throw Errors.conflict(
                    kind.kind().group(),
                    kind.kind().plural(),
                    key.name(),
                    "StorageError: invalid object, Code: 4, Key: "
                            + StorageKeys.of(kind.kind(), key)
                            + ", ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID"
                            + " in precondition: "
                            + meta.uid()
                            + ", UID in object meta: "
                            + uid);
        }
    }

    private <T> Draft draft(Served<T> kind, T object) {
        var encoded = kind.codec().encode(object);
        return new Draft(headers.of(kind, object), encoded.bytes(), encoded.revisionGap());
    }

    private static void throwIfInvalid(Served<?> kind, String name, List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw Errors.invalid(kind.errorGroup(), kind.kind().kind(), name, errors);
        }
    }
}
