package io.coxswain.storage;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Small objects for tests of stores.
public final class Samples {

    private static final String BEFORE_REVISION = "{\"metadata\":{\"resourceVersion\":\"";

    private Samples() {}

    public static Key pod(String name) {
        return new Key("pods", "default", name);
    }

    /// An object that says its revision and carries `text`.
    public static Draft draft(String text) {
        var whole = BEFORE_REVISION + "\"},\"text\":\"" + text + "\"}";
        var header = new Header("uid-" + text, Map.of("app", text), Map.of(), List.of());
        return new Draft(header, whole.getBytes(StandardCharsets.UTF_8), BEFORE_REVISION.length());
    }

    /// The bytes that [#draft] becomes.
    public static String json(long revision, String text) {
        return BEFORE_REVISION + revision + "\"},\"text\":\"" + text + "\"}";
    }

    public static String text(Entry entry) {
        return new String(entry.bytes(), StandardCharsets.UTF_8);
    }

    /// Creates and expects success.
    public static Entry created(Store store, Key key, String text) {
        return written(store.write(Write.create(key, draft(text))));
    }

    public static Entry updated(Store store, Key key, long expected, String text) {
        return written(store.write(Write.update(key, expected, draft(text))));
    }

    public static Entry deleted(Store store, Key key, long expected, String text) {
        return written(store.write(Write.delete(key, expected, draft(text))));
    }

    public static Entry written(Write.Outcome outcome) {
        return switch (outcome) {
            case Write.Outcome.Written(var entry) -> entry;
            case Write.Outcome.Conflict(var current) ->
                    throw new AssertionError("conflict with " + current);
        };
    }

    public static List<Entry> list(Snapshot snapshot, String resource, String namespace) {
        return list(snapshot, resource, namespace, null);
    }

    public static List<Entry> list(
            Snapshot snapshot, String resource, String namespace, @Nullable Key after) {
        var entries = new ArrayList<Entry>();
        snapshot.list(resource, namespace, after).forEachRemaining(entries::add);
        return entries;
    }

    /// Everything a watch has now.
    public static List<Event> drain(Watch watch) {
        var events = new ArrayList<Event>();
        for (var more = watch.poll(7); !more.isEmpty(); more = watch.poll(7)) {
            events.addAll(more);
        }
        return events;
    }
}
