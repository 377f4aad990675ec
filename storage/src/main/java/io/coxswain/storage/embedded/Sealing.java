package io.coxswain.storage.embedded;

import io.coxswain.storage.Entry;
import io.coxswain.storage.Key;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.UnreadableValueException;
import io.coxswain.storage.ValueTransformer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Encrypts and decrypts the values of a store, and remembers how each is kept.
///
/// A value that cannot be decrypted matters only while it is the newest of its object: keys that
/// are no longer used may be forgotten although the log still tells of values they encrypted.
final class Sealing {

    private final ValueTransformer values;
    private final boolean opens;

    /// How values are kept that are not kept as they are.
    private final Map<Key, String> methods = new ConcurrentHashMap<>();

    private final Map<Key, String> unreadable = new HashMap<>();
    private final Set<Key> closed = new HashSet<>();
    private long unreadableRevision;

    private Sealing(ValueTransformer values, boolean opens) {
        this.values = values;
        this.opens = opens;
    }

    static Sealing of(ValueTransformer values) {
        return new Sealing(values, true);
    }

    /// Leaves encrypted values as they are, for those who only check or copy them.
    static Sealing closed() {
        return new Sealing(ValueTransformer.NONE, false);
    }

    /// Begins to read a state from nothing.
    void begin() {
        methods.clear();
        unreadable.clear();
        closed.clear();
        unreadableRevision = 0;
    }

    /// What is to be written: the entry's own bytes when they are not encrypted.
    byte[] seal(Entry entry) {
        var key = entry.key();
        if (!opens) {
            return closed.contains(key) ? entry.bytes().clone() : entry.bytes();
        }
        return values.toStorage(key, entry.bytes());
    }

    /// What was written becomes what is kept.
    void keep(Change change) {
        var key = change.entry().key();
        var method = change.deleted() ? "" : values.method(key);
        if (method.isEmpty()) {
            methods.remove(key);
        } else {
            methods.put(key, method);
        }
    }

    /// The clear bytes in what was written.
    byte[] open(Key key, long revision, boolean deleted, boolean sealed, byte[] stored) {
        methods.remove(key);
        unreadable.remove(key);
        if (!sealed) {
            closed.remove(key);
            return stored;
        }
        if (!opens) {
            closed.add(key);
            return stored;
        }
        try {
            var clear = values.fromStorage(key, stored);
            if (!deleted) {
                methods.put(key, values.method(stored));
            }
            return clear;
        } catch (UnreadableValueException e) {
            unreadableRevision = Math.max(unreadableRevision, revision);
            if (!deleted) {
                unreadable.put(key, String.valueOf(e.getMessage()));
            }
            return stored;
        }
    }

    /// Throws when an object cannot be read. Otherwise the revision up to which history cannot be.
    long check() {
        for (var message : unreadable.values()) {
            throw new StoreException(message);
        }
        return unreadableRevision;
    }

    /// Whether an object would be kept in another way if it were written now.
    boolean outdated(Key key) {
        return !methods.getOrDefault(key, "").equals(values.method(key));
    }
}
