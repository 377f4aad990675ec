package io.coxswain.storage.state;

import io.coxswain.storage.Entry;
import io.coxswain.storage.Key;
import java.util.Arrays;

/// A run of entries in order. The array is never changed.
final class Leaf implements Node {

    private final Entry[] entries;

    Leaf(Entry[] entries) {
        this.entries = entries;
    }

    Entry[] entries() {
        return entries;
    }

    @Override
    public int size() {
        return entries.length;
    }

    @Override
    public int width() {
        return entries.length;
    }

    @Override
    public Entry first() {
        return entries[0];
    }

    @Override
    public Node put(Entry entry) {
        var index = indexOf(entry.key().namespace(), entry.key().name());
        if (index >= 0) {
            var changed = entries.clone();
            changed[index] = entry;
            return new Leaf(changed);
        }
        var at = -index - 1;
        var changed = Arrays.copyOf(entries, entries.length + 1);
        System.arraycopy(entries, at, changed, at + 1, entries.length - at);
        changed[at] = entry;
        return new Leaf(changed);
    }

    @Override
    public Node remove(Key key) {
        var index = indexOf(key.namespace(), key.name());
        if (index < 0) {
            return this;
        }
        var changed = Arrays.copyOf(entries, entries.length - 1);
        System.arraycopy(entries, index + 1, changed, index, changed.length - index);
        return new Leaf(changed);
    }

    @Override
    public Node slice(int from, int to) {
        return new Leaf(Arrays.copyOfRange(entries, from, to));
    }

    @Override
    public Node join(Node right) {
        var more = ((Leaf) right).entries;
        var joined = Arrays.copyOf(entries, entries.length + more.length);
        System.arraycopy(more, 0, joined, entries.length, more.length);
        return new Leaf(joined);
    }

    /// The slot of this place, or `-(slot to insert at) - 1`.
    int indexOf(String namespace, String name) {
        var low = 0;
        var high = entries.length - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            var order = Node.compare(entries[middle].key(), namespace, name);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    int firstAtLeast(String namespace, String name) {
        var index = indexOf(namespace, name);
        return index >= 0 ? index : -index - 1;
    }
}
