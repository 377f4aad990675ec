package io.coxswain.storage.state;

import io.coxswain.storage.Entry;
import io.coxswain.storage.Key;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The objects of one resource, sorted by namespace and name: an immutable B-tree.
///
/// A change copies the nodes from the root to one leaf and shares all others, so keeping an old
/// tree costs only what has changed since. Every branch knows the size of its subtree, which makes
/// counting a range as cheap as finding its ends.
public final class Tree {

    /// Sorts behind every name.
    private static final String BEYOND = "\uffff";

    public static final Tree EMPTY = new Tree(new Leaf(new Entry[0]));

    private final Node root;

    private Tree(Node root) {
        this.root = root;
    }

    /// The tree of these entries, which are in order and have different keys.
    public static Tree ofSorted(List<Entry> entries) {
        if (entries.isEmpty()) {
            return EMPTY;
        }
        var nodes = new ArrayList<Node>();
        for (var start = 0; start < entries.size(); start += Node.WIDTH_BUILT) {
            var end = Math.min(entries.size(), start + Node.WIDTH_BUILT);
            nodes.add(new Leaf(entries.subList(start, end).toArray(Entry[]::new)));
        }
        while (nodes.size() > 1) {
            var above = new ArrayList<Node>();
            for (var start = 0; start < nodes.size(); start += Node.WIDTH_BUILT) {
                var end = Math.min(nodes.size(), start + Node.WIDTH_BUILT);
                above.add(Branch.of(nodes.subList(start, end).toArray(Node[]::new)));
            }
            nodes = above;
        }
        return new Tree(nodes.getFirst());
    }

    public int size() {
        return root.size();
    }

    public @Nullable Entry get(Key key) {
        var node = root;
        while (node instanceof Branch branch) {
            node = branch.childFor(key.namespace(), key.name());
        }
        var leaf = (Leaf) node;
        var index = leaf.indexOf(key.namespace(), key.name());
        return index < 0 ? null : leaf.entries()[index];
    }

    /// This tree with `entry` in place of whatever has its key.
    public Tree put(Entry entry) {
        var changed = root.put(entry);
        if (changed.width() <= Node.WIDTH_MAX) {
            return new Tree(changed);
        }
        var half = changed.width() / 2;
        return new Tree(Branch.of(changed.slice(0, half), changed.slice(half, changed.width())));
    }

    /// This tree without `key`; itself when there is no such key.
    public Tree remove(Key key) {
        var changed = root.remove(key);
        if (changed.equals(root)) {
            return this;
        }
        while (changed instanceof Branch branch && branch.width() == 1) {
            changed = branch.children()[0];
        }
        return changed.size() == 0 ? EMPTY : new Tree(changed);
    }

    /// How many objects come before this place.
    public int rank(String namespace, String name) {
        var before = 0;
        var node = root;
        while (node instanceof Branch branch) {
            var index = branch.indexFor(namespace, name);
            for (var i = 0; i < index; i++) {
                before += branch.children()[i].size();
            }
            node = branch.children()[index];
        }
        return before + ((Leaf) node).firstAtLeast(namespace, name);
    }

    /// How many objects a namespace has; all of them for the empty namespace.
    public int count(String namespace) {
        return namespace.isEmpty() ? size() : end(namespace) - rank(namespace, "");
    }

    /// How many objects come before the end of a namespace.
    public int end(String namespace) {
        return rank(namespace, BEYOND);
    }

    /// The objects from this place on, in order.
    public Iterator<Entry> from(String namespace, String name) {
        return new Walk(root, namespace, name, "");
    }

    /// Like [#from], but ends with the last object of `namespace`.
    public Iterator<Entry> within(String namespace, String name) {
        return new Walk(root, namespace, name, namespace);
    }

    /// Walks the leaves from left to right; `path` and `indexes` are the branches above the leaf.
    private static final class Walk implements Iterator<Entry> {
        private static final int DEPTH_MAX = 16;

        private final Branch[] path = new Branch[DEPTH_MAX];
        private final int[] indexes = new int[DEPTH_MAX];
        private final String only;
        private int depth;
        private Entry[] entries;
        private int next;

        Walk(Node root, String namespace, String name, String only) {
            this.only = only;
            var node = root;
            while (node instanceof Branch branch) {
                var index = branch.indexFor(namespace, name);
                path[depth] = branch;
                indexes[depth++] = index;
                node = branch.children()[index];
            }
            var leaf = (Leaf) node;
            this.entries = leaf.entries();
            this.next = leaf.firstAtLeast(namespace, name);
            settle();
        }

        @Override
        public boolean hasNext() {
            return next < entries.length;
        }

        @Override
        public Entry next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            var entry = entries[next++];
            settle();
            return entry;
        }

        /// Moves to the next leaf when this one is used up, and ends behind the namespace.
        private void settle() {
            if (next == entries.length) {
                nextLeaf();
            }
            if (hasNext() && !only.isEmpty() && !entries[next].key().namespace().equals(only)) {
                next = entries.length;
                depth = 0;
            }
        }

        private void nextLeaf() {
            while (depth > 0 && indexes[depth - 1] + 1 == path[depth - 1].width()) {
                depth--;
            }
            if (depth == 0) {
                return;
            }
            Node node = path[depth - 1].children()[++indexes[depth - 1]];
            while (node instanceof Branch branch) {
                path[depth] = branch;
                indexes[depth++] = 0;
                node = branch.children()[0];
            }
            entries = ((Leaf) node).entries();
            next = 0;
        }
    }
}
