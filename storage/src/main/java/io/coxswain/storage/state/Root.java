package io.coxswain.storage.state;

import io.coxswain.storage.Entry;
import io.coxswain.storage.Event;
import io.coxswain.storage.Key;
import io.coxswain.storage.Snapshot;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The whole state at one revision: a tree for each resource. Resources without objects are absent.
public final class Root implements Snapshot {

    public static final Root EMPTY = new Root(0, Map.of());

    private final long revision;
    private final Map<String, Tree> trees;

    public Root(long revision, Map<String, Tree> trees) {
        this.revision = revision;
        this.trees = trees;
    }

    @Override
    public long revision() {
        return revision;
    }

    public Tree tree(String resource) {
        return trees.getOrDefault(resource, Tree.EMPTY);
    }

    /// Every resource that has objects, by name.
    public Map<String, Tree> trees() {
        return Collections.unmodifiableMap(new TreeMap<>(trees));
    }

    /// All objects of all resources.
    public long size() {
        return trees.values().stream().mapToLong(Tree::size).sum();
    }

    @Override
    public @Nullable Entry get(Key key) {
        return tree(key.resource()).get(key);
    }

    @Override
    public Iterator<Entry> list(String resource, String namespace, @Nullable Key after) {
        if (after == null || Key.compareNamespaces(after.namespace(), namespace) < 0) {
            return list(resource, namespace, namespace, "");
        }
        return list(resource, namespace, after.namespace(), after.name() + '\0');
    }

    private Iterator<Entry> list(
            String resource, String namespace, String fromNamespace, String fromName) {
        var tree = tree(resource);
        if (namespace.isEmpty()) {
            return tree.from(fromNamespace, fromName);
        }
        return fromNamespace.equals(namespace)
                ? tree.within(namespace, fromName)
                : Collections.emptyIterator();
    }

    @Override
    public int count(String resource, String namespace, @Nullable Key after) {
        var tree = tree(resource);
        if (after == null) {
            return tree.count(namespace);
        }
        var end = namespace.isEmpty() ? tree.size() : tree.end(namespace);
        var start =
                Math.max(
                        tree.rank(after.namespace(), after.name() + '\0'),
                        tree.rank(namespace, ""));
        return Math.max(0, end - start);
    }

    /// The same state at a later revision, which changed nothing that is kept here.
    public Root at(long later) {
        return new Root(later, trees);
    }

    /// The state after these events, which come right after this one.
    public Root after(List<Event> events) {
        var changed = new HashMap<>(trees);
        for (var event : events) {
            var key = event.entry().key();
            var tree = changed.getOrDefault(key.resource(), Tree.EMPTY);
            var next = event.deleted() ? tree.remove(key) : tree.put(event.entry());
            if (next.size() == 0) {
                changed.remove(key.resource());
            } else {
                changed.put(key.resource(), next);
            }
        }
        return new Root(events.isEmpty() ? revision : events.getLast().revision(), changed);
    }

    @Override
    public String toString() {
        return "state at revision " + revision;
    }
}
