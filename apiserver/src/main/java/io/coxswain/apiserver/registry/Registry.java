package io.coxswain.apiserver.registry;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.fields.ManagedFields;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldError;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.AdmissionRequest.Operation;
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

/// The one way to write an object, whatever its kind: default → prepare → admit → validate → encode →
/// store, again from the start when another write came first.
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
            throw Errors.notFound(kind.kind().group(), kind.kind().plural(), name);
        }
        return entry;
    }

    /// Creates `object` in `namespace`, with a generated name if it asks for one.
    public <T> Entry create(
            Call call, Served<T> kind, String namespace, T object, WriteOptions options) {
        var generates = kind.codec().metadata(object).name().isEmpty();
        for (var attempt = 1; ; attempt++) {
            var candidate = newObject(kind, namespace, object);
            var admitted = admitNew(call, kind, namespace, candidate, options);
            var entry = write(kind, null, admitted, options);
            if (entry != null) {
                return entry;
            }
            var name = kind.codec().metadata(admitted).name();
            if (!generates || attempt == NAME_ATTEMPTS) {
                throw Errors.alreadyExists(kind.kind().group(), kind.kind().plural(), name);
            }
        }
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
            var prepared = prepare(kind, part, old, wanted);
            var admitted = admitUpdate(call, kind, key, part, old, prepared, options);
            if (Deletion.complete(kind, admitted)) {
                var removed = remove(kind, current, admitted, options);
                if (removed != null) {
                    return new Decision(removed, true, false);
                }
                continue;
            }
            var entry = write(kind, current, admitted, options);
            if (entry != null) {
                return new Decision(entry, false, false);
            }
        }
    }

    /// Replaces an object without strategy, admission or validation: for what the server itself
    /// changes (deletion marks, allocation).
    public <T> @Nullable Entry write(
            Served<T> kind, @Nullable Entry current, T object, WriteOptions options) {
        var meta = kind.codec().metadata(object);
        var key = kind.key(meta.namespace(), meta.name());
        var draft = draft(kind, object);
        if (current != null && Arrays.equals(draft.at(current.revision()), current.bytes())) {
            return current; // Nothing changes: no revision, no event.
        }
        var expected = current == null ? Write.ABSENT : current.revision();
        if (options.dryRun()) {
            if (current == null && find(key) != null) {
                return null;
            }
            return new Entry(key, expected, draft.header(), draft.at(expected));
        }
        var write = new Write(key, expected, draft, false, Lifetimes.of(kind.kind()));
        return switch (store.write(write)) {
            case Write.Outcome.Written(var entry) -> entry;
            case Write.Outcome.Conflict conflict -> null;
        };
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

    public <T> void admitDelete(Call call, Served<T> kind, Entry current, boolean dryRun) {
        var key = current.key();
        var request =
                new AdmissionRequest<>(
                        Operation.DELETE,
                        kind.kind(),
                        key.namespace(),
                        key.name(),
                        "",
                        kind.object(current),
                        call.user(),
                        dryRun);
        admission.forEach(plugin -> plugin.validate(request, kind.object(current)));
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
        var defaulted = kind.strategy().withDefaults(kind.codec().withMetadata(object, fresh));
        return kind.strategy().prepareForCreate(defaulted);
    }

    private <T> T admitNew(
            Call call, Served<T> kind, String namespace, T object, WriteOptions options) {
        var name = kind.codec().metadata(object).name();
        var request =
                new AdmissionRequest<>(
                        Operation.CREATE,
                        kind.kind(),
                        namespace,
                        name,
                        "",
                        null,
                        call.user(),
                        options.dryRun());
        var admitted = object;
        for (var plugin : admission) {
            admitted = plugin.mutate(request, admitted);
        }
        admitted = kind.strategy().withDefaults(admitted);
        throwIfInvalid(kind, name, kind.strategy().check(admitted));
        for (var plugin : admission) {
            plugin.validate(request, admitted);
        }
        kind.strategy().warningsFor(admitted, null).forEach(call::warn);
        return managed(kind, Part.MAIN, null, admitted, options);
    }

    private <T> T prepare(Served<T> kind, Part part, T old, T wanted) {
        var before = kind.codec().metadata(old);
        var kept =
                Edit.of(kind.codec().metadata(wanted))
                        .set(ObjectMeta::resourceVersion, "")
                        .set(ObjectMeta::creationTimestamp, before.creationTimestamp())
                        .set(ObjectMeta::deletionTimestamp, before.deletionTimestamp())
                        .set(
                                ObjectMeta::deletionGracePeriodSeconds,
                                before.deletionGracePeriodSeconds())
                        .set(ObjectMeta::generation, before.generation())
                        .set(ObjectMeta::selfLink, "")
                        .change(ObjectMeta::uid, uid -> uid.isEmpty() ? before.uid() : uid)
                        .done();
        var defaulted = kind.strategy().withDefaults(kind.codec().withMetadata(wanted, kept));
        return part.isStatus()
                ? kind.strategy().prepareForStatusUpdate(old, defaulted)
                : kind.strategy().prepareForUpdate(old, defaulted);
    }

    private <T> T admitUpdate(
            Call call,
            Served<T> kind,
            Key key,
            Part part,
            T old,
            T prepared,
            WriteOptions options) {
        var request =
                new AdmissionRequest<>(
                        Operation.UPDATE,
                        kind.kind(),
                        key.namespace(),
                        key.name(),
                        part.subresource(),
                        old,
                        call.user(),
                        options.dryRun());
        var admitted = prepared;
        for (var plugin : admission) {
            admitted = plugin.mutate(request, admitted);
        }
        throwIfInvalid(
                kind,
                key.name(),
                part.isStatus()
                        ? kind.strategy().checkStatusUpdate(old, admitted)
                        : kind.strategy().checkUpdate(old, admitted));
        for (var plugin : admission) {
            plugin.validate(request, admitted);
        }
        kind.strategy().warningsFor(admitted, old).forEach(call::warn);
        return managed(kind, part, old, admitted, options);
    }

    /// The object with its managed fields brought up to date for this writer.
    private <T> T managed(
            Served<T> kind, Part part, @Nullable T old, T updated, WriteOptions options) {
        if (options.applies()) {
            return updated;
        }
        var codec = kind.codec();
        var before = old == null ? codec.emptyTree() : codec.toTree(old);
        var after =
                kind.managedFields(part)
                        .update(before, codec.toTree(updated), options.fieldManager(), clock.now());
        // A write that would change nothing but the times of managers is none.
        var settled = old == null ? after : ManagedFields.ignoreTimes(before, after);
        var owners = codec.metadata(codec.fromTree(settled, new Problems())).managedFields();
        return codec.withMetadata(
                updated, Edit.with(codec.metadata(updated), ObjectMeta::managedFields, owners));
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
                    "Precondition failed: UID in precondition: "
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
            throw Errors.invalid(kind.kind().group(), kind.kind().kind(), name, errors);
        }
    }
}
