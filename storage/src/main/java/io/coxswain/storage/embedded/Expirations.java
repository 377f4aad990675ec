package io.coxswain.storage.embedded;

import io.coxswain.storage.Draft;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Key;
import io.coxswain.storage.Write;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The objects that do not live for ever, by deadline.
final class Expirations {

    private record Deadline(long epochMillis, Key key, long revision, int gap) {}

    private final Map<Key, Deadline> byKey = new HashMap<>();
    private final TreeSet<Deadline> byTime =
            new TreeSet<>(
                    Comparator.comparingLong(Deadline::epochMillis).thenComparing(Deadline::key));

    /// Takes note of a change that became durable.
    synchronized void apply(Change change) {
        var key = change.entry().key();
        var old = byKey.remove(key);
        if (old != null) {
            byTime.remove(old);
        }
        var expiry = change.expiry();
        if (expiry != null && !change.deleted()) {
            var deadline =
                    new Deadline(
                            expiry.epochMillis(), key, change.entry().revision(), expiry.gap());
            byKey.put(key, deadline);
            byTime.add(deadline);
        }
    }

    /// These deadlines as they are now.
    synchronized Expirations copy() {
        var copy = new Expirations();
        copy.byKey.putAll(byKey);
        copy.byTime.addAll(byTime);
        return copy;
    }

    /// The expiry of this very version of an object.
    synchronized Change.@Nullable Expiry of(Entry entry) {
        if (byKey.isEmpty()) {
            return null;
        }
        var deadline = byKey.get(entry.key());
        return deadline == null || deadline.revision() != entry.revision()
                ? null
                : new Change.Expiry(deadline.epochMillis(), deadline.gap());
    }

    /// When the next object is due; [Long#MAX_VALUE] when none is.
    synchronized long next() {
        return byTime.isEmpty() ? Long.MAX_VALUE : byTime.getFirst().epochMillis();
    }

    synchronized int size() {
        return byKey.size();
    }

    /// Up to `max` objects that are due.
    synchronized List<Due> due(long epochMillis, int max) {
        var due = new ArrayList<Due>();
        for (var deadline : byTime) {
            if (deadline.epochMillis() > epochMillis || due.size() == max) {
                break;
            }
            due.add(new Due(deadline.key(), deadline.revision(), deadline.gap()));
        }
        return due;
    }

    /// One version of an object that is to be deleted now.
    record Due(Key key, long revision, int gap) {

        /// The deletion of `last`, which loses its revision so that the deletion's can take its
        /// place; null when the object has changed or gone meanwhile.
        @Nullable Write deletion(@Nullable Entry last) {
            if (last == null || last.revision() != revision) {
                return null;
            }
            var bytes = last.bytes();
            if (gap < 0) {
                return Write.delete(key, revision, new Draft(last.header(), bytes, gap));
            }
            var digits = Long.toString(revision).length();
            var draft = new byte[bytes.length - digits];
            System.arraycopy(bytes, 0, draft, 0, gap);
            System.arraycopy(bytes, gap + digits, draft, gap, draft.length - gap);
            return Write.delete(key, revision, new Draft(last.header(), draft, gap));
        }
    }
}
