package io.coxswain.api.fields;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.meta.ObjectMeta.ManagedFieldsEntry;
import io.coxswain.api.schema.RecordType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads and writes `metadata.managedFields`.
final class Entries {

    private static final Comparator<Map.Entry<Manager, Owned>> ORDER =
            Comparator.comparing((Map.Entry<Manager, Owned> e) -> e.getKey().operation())
                    .thenComparingLong(e -> e.getValue().seconds())
                    .thenComparing(e -> e.getKey().name())
                    .thenComparing(e -> e.getValue().apiVersion())
                    .thenComparing(e -> e.getKey().subresource());

    private Entries() {}

    /// All owners; none when any entry cannot be read, as upstream forgets them then.
    static NavigableMap<Manager, Owned> read(Json.Obj object) {
        var entries = new ArrayList<ManagedFieldsEntry>();
        try {
            for (var item : object.object("metadata").items("managedFields")) {
                if (!(item instanceof Json.Obj entry)) {
                    return new TreeMap<>();
                }
                entries.add(RecordReader.fromTree(ManagedFieldsEntry.class, entry, new Problems()));
            }
        } catch (DecodeError e) {
            return new TreeMap<>();
        }
        return read(entries);
    }

    /// The same of entries that have been read.
    static NavigableMap<Manager, Owned> read(List<ManagedFieldsEntry> entries) {
        var owners = new TreeMap<Manager, Owned>();
        try {
            entries.forEach(entry -> owners.put(manager(entry), owned(entry)));
        } catch (DecodeError e) {
            return new TreeMap<>();
        }
        return owners;
    }

    private static Manager manager(ManagedFieldsEntry entry) {
        if (!entry.fieldsType().equals("FieldsV1")) {
            throw new DecodeError("unsupported fieldsType: " + entry.fieldsType());
        }
        return switch (entry.operation()) {
            case "Apply" -> Manager.applier(entry.manager(), entry.subresource());
            case "Update" ->
                    Manager.updater(entry.manager(), entry.apiVersion(), entry.subresource());
            default -> throw new DecodeError("unsupported operation: " + entry.operation());
        };
    }

    private static Owned owned(ManagedFieldsEntry entry) {
        var fields = entry.fieldsV1();
        return new Owned(
                fields == null ? FieldSet.EMPTY : FieldSet.parse(fields),
                entry.apiVersion(),
                entry.time());
    }

    /// Whether a client asks to forget all owners: one entry that is empty.
    static boolean reset(List<ManagedFieldsEntry> entries) {
        return entries.size() == 1
                && entries.getFirst().equals(RecordType.of(ManagedFieldsEntry.class).empty());
    }

    static Json.Obj strip(Json.Obj object) {
        var metadata = object.object("metadata");
        return metadata.get("managedFields") == null
                ? object
                : object.with("metadata", metadata.without("managedFields"));
    }

    static Json.Obj write(Json.Obj object, Map<Manager, Owned> owners) {
        if (owners.isEmpty()) {
            return strip(object);
        }
        List<Json> written = new ArrayList<>();
        entries(owners).forEach(entry -> written.add(RecordWriter.toTree(entry)));
        var metadata = object.object("metadata").with("managedFields", new Json.Arr(written));
        return object.with("metadata", metadata);
    }

    /// The entries of all owners, in upstream's order.
    static List<ManagedFieldsEntry> entries(Map<Manager, Owned> owners) {
        return owners.entrySet().stream()
                .sorted(ORDER)
                .map(owner -> entry(owner.getKey(), owner.getValue()))
                .toList();
    }

    private static ManagedFieldsEntry entry(Manager manager, Owned owned) {
        return new ManagedFieldsEntry(
                manager.name(),
                manager.operation().text,
                owned.apiVersion(),
                owned.time(),
                "FieldsV1",
                owned.set().write(),
                manager.subresource());
    }

    static @Nullable Instant timeOf(Map<Manager, Owned> owners, Manager manager) {
        var owned = owners.get(manager);
        return owned == null ? null : owned.time();
    }
}
