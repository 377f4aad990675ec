package io.coxswain.bench.crash;

import io.coxswain.base.Clock;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Event;
import io.coxswain.storage.Key;
import io.coxswain.storage.Write;
import io.coxswain.storage.disk.FileDisk;
import io.coxswain.storage.embedded.EmbeddedStore;
import io.coxswain.storage.embedded.Verification;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Compares what came back after each crash with what was acknowledged before it. Remembers every
/// revision of every round, so that none can come to mean something else.
final class Audit {

    /// A deletion by the store itself, because the object's time was up.
    private static final long EXPIRED = -1;

    private final Path directory;

    /// Which write took a revision; 0 when nobody knows.
    private long[] writers = new long[1 << 16];

    /// What the last crash left of the objects that live until they are deleted.
    private Map<Key, Entry> before = new HashMap<>();

    private long revision;
    private long kept;

    Audit(Path directory) {
        this.directory = directory;
    }

    /// Writes that were acknowledged, over all rounds, and are there.
    long kept() {
        return kept;
    }

    long revision() {
        return revision;
    }

    /// Throws [IllegalStateException] when a promise was broken.
    void check(Journal journal) {
        var checked = Verification.of(new FileDisk(directory));
        require(checked.sound(), "the files are damaged: " + checked);
        try (var store =
                EmbeddedStore.open(new FileDisk(directory), Clock.SYSTEM, Victim.OPTIONS)) {
            var end = store.snapshot().revision();
            require(end >= revision, "the revision went back from " + revision + " to " + end);
            acknowledged(journal, end);
            history(journal, store);
            state(journal, store);
            revision = end;
        }
    }

    /// Every acknowledged revision exists and was given to nobody before.
    private void acknowledged(Journal journal, long end) {
        journal.acknowledged()
                .forEach((id, at) -> {
                    require(at > revision, "revision " + at + " was given out again");
                    require(at <= end, "write %x at revision %d is lost".formatted(id, at));
                    require(writer(at) == 0, "revision " + at + " was given out twice");
                    remember(at, id);
                    kept++;
                });
    }

    /// The history has no hole, and each change was announced, is whole, and where it was said.
    private void history(Journal journal, EmbeddedStore store) {
        var from = store.compactedRevision();
        var events = new TreeMap<Long, Event>();
        for (var resource : new String[] {"pods", "events"}) {
            try (var watch = store.watch(resource, from, () -> {})) {
                for (var next = watch.poll(1_000); !next.isEmpty(); next = watch.poll(1_000)) {
                    next.forEach(event -> events.put(event.revision(), event));
                }
            }
        }
        require(
                events.size() == store.snapshot().revision() - from,
                "the history has %d events after revision %d".formatted(events.size(), from));
        events.values().forEach(event -> change(journal, event));
    }

    private void change(Journal journal, Event event) {
        var id = Content.id(event.entry());
        var at = event.revision();
        var known = writer(at);
        if (known == id || known == EXPIRED) {
            return;
        }
        require(known == 0, "revision %d holds %x and not %x".formatted(at, id, known));
        var intent = journal.intent(id);
        if (event.deleted() && (intent == null || !intent.delete())) {
            require(event.entry().key().resource().equals("events"), event + " is a phantom");
            remember(at, EXPIRED);
            return;
        }
        // Not acknowledged, but about to be made: it may have happened, as it was meant.
        require(intent != null && as(intent, event), event + " is a phantom");
        require(!journal.acknowledged().containsKey(id), event + " is there twice");
        remember(at, id);
    }

    private static boolean as(Journal.@Nullable Intent intent, Event event) {
        var previous = event.previous();
        return intent != null
                && intent.delete() == event.deleted()
                && intent.name().equals(event.entry().key().name())
                && intent.expected() == (previous == null ? Write.ABSENT : previous.revision());
    }

    /// What is there now is what the last change of each object left, acknowledged or announced.
    private void state(Journal journal, EmbeddedStore store) {
        var last = new HashMap<Key, Long>();
        journal.acknowledged()
                .forEach((id, at) -> {
                    var intent = journal.intent(id);
                    require(intent != null, "an acknowledgement of nothing: " + id);
                    if (intent != null && intent.resource().equals("pods")) {
                        last.merge(new Key("pods", "default", intent.name()), at, Math::max);
                    }
                });
        var present = new HashMap<Key, Entry>();
        for (var i = 0; i < Victim.KEYS; i++) {
            var key = Content.pod(i);
            var entry = store.snapshot().get(key);
            if (entry != null) {
                present.put(key, entry);
            }
            object(journal, key, entry, last.getOrDefault(key, 0L));
        }
        before = present;
    }

    private void object(Journal journal, Key key, @Nullable Entry entry, long acknowledged) {
        var old = before.get(key);
        var base = Math.max(acknowledged, old == null ? 0 : old.revision());
        if (entry == null) {
            require(
                    acknowledged == 0 || deletedAtOrAfter(journal, key, acknowledged),
                    key + " is lost");
            require(
                    old == null || acknowledged > 0 || deletedAtOrAfter(journal, key, 0),
                    key + " is lost");
            return;
        }
        require(entry.revision() >= base, key + " went back to " + entry.revision());
        var id = Content.id(entry);
        require(
                writer(entry.revision()) == id || journal.intent(id) != null,
                entry + " is a phantom");
    }

    /// Whether the object's deletion was acknowledged last, or announced behind what was.
    private static boolean deletedAtOrAfter(Journal journal, Key key, long acknowledged) {
        return journal.ids()
                .anyMatch(id -> {
                    var intent = journal.intent(id);
                    if (intent == null || !intent.delete() || !intent.name().equals(key.name())) {
                        return false;
                    }
                    var at = journal.acknowledged().get(id);
                    return at == null ? intent.expected() >= acknowledged : at >= acknowledged;
                });
    }

    private long writer(long at) {
        return at < writers.length ? writers[(int) at] : 0;
    }

    private void remember(long at, long id) {
        if (at >= writers.length) {
            writers = Arrays.copyOf(writers, (int) Math.max(at + 1, writers.length * 2L));
        }
        writers[(int) at] = id;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
