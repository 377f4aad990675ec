package io.coxswain.api.fields;

import io.coxswain.api.codec.Times;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads and writes `metadata.managedFields`.
final class Entries {

    private Entries() {}

    /// All owners; none when any entry cannot be read, as upstream forgets them then.
    static NavigableMap<Manager, Owned> read(Json.Obj object) {
        var owners = new TreeMap<Manager, Owned>();
        try {
            for (var item : object.object("metadata").items("managedFields")) {
                if (!(item instanceof Json.Obj entry)) {
                    return new TreeMap<>();
                }
                owners.merge(manager(entry), owned(entry), Entries::later);
            }
        } catch (DecodeError | IllegalArgumentException e) {
            return new TreeMap<>();
        }
        return owners;
    }

    private static Owned later(Owned a, Owned b) {
        return b;
    }

    private static Manager manager(Json.Obj entry) {
        if (!entry.text("fieldsType").equals("FieldsV1")) {
            throw new DecodeError("unsupported fieldsType: " + entry.text("fieldsType"));
        }
        return switch (entry.text("operation")) {
            case "Apply" -> Manager.applier(entry.text("manager"), entry.text("subresource"));
            case "Update" ->
                    Manager.updater(
                            entry.text("manager"),
                            entry.text("apiVersion"),
                            entry.text("subresource"));
            default -> throw new DecodeError("unsupported operation: " + entry.text("operation"));
        };
    }

    private static Owned owned(Json.Obj entry) {
        var fields = entry.get("fieldsV1");
        var time = entry.text("time");
        return new Owned(
                fields == null ? FieldSet.EMPTY : FieldSet.parse(fields),
                entry.text("apiVersion"),
                time.isEmpty() ? null : Times.parse(time, false));
    }

    /// Whether a client asks to forget all owners: one entry that is empty.
    static boolean reset(Json.Obj object) {
        var entries = object.object("metadata").items("managedFields");
        return entries.size() == 1
                && entries.getFirst() instanceof Json.Obj entry
                && entry.fields().values().stream().allMatch(Entries::blank);
    }

    private static boolean blank(Json value) {
        return value instanceof Json.Null || value.equals(Json.of(""));
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
        var entries = new ArrayList<>(owners.entrySet());
        entries.sort(
                Comparator.comparing((Map.Entry<Manager, Owned> e) -> e.getKey().operation())
                        .thenComparingLong(e -> e.getValue().seconds())
                        .thenComparing(e -> e.getKey().name())
                        .thenComparing(e -> e.getValue().apiVersion())
                        .thenComparing(e -> e.getKey().subresource()));
        List<Json> written = new ArrayList<>();
        for (var entry : entries) {
            written.add(entry(entry.getKey(), entry.getValue()));
        }
        var metadata = object.object("metadata").with("managedFields", new Json.Arr(written));
        return object.with("metadata", metadata);
    }

    private static Json entry(Manager manager, Owned owned) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("manager", Json.of(manager.name()));
        fields.put("operation", Json.of(manager.operation().text));
        fields.put("apiVersion", Json.of(owned.apiVersion()));
        var time = owned.time();
        if (time != null) {
            fields.put("time", Json.of(Times.seconds(time)));
        }
        fields.put("fieldsType", Json.of("FieldsV1"));
        fields.put("fieldsV1", owned.set().write());
        if (!manager.subresource().isEmpty()) {
            fields.put("subresource", Json.of(manager.subresource()));
        }
        return new Json.Obj(fields);
    }

    static @Nullable Instant timeOf(Map<Manager, Owned> owners, Manager manager) {
        var owned = owners.get(manager);
        return owned == null ? null : owned.time();
    }
}
