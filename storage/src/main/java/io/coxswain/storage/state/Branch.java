package io.coxswain.storage.state;

import io.coxswain.storage.Entry;
import io.coxswain.storage.Key;
import java.util.Arrays;

/// An inner node: children in order, each with at least one entry, and the first entry of each.
final class Branch implements Node {

    private final Node[] children;
    private final Entry[] lows;
    private final int size;

    private Branch(Node[] children, Entry[] lows, int size) {
        this.children = children;
        this.lows = lows;
        this.size = size;
    }

    private Branch(Node[] children) {
        this.children = children;
        this.lows = new Entry[children.length];
        var total = 0;
        for (var i = 0; i < children.length; i++) {
            lows[i] = children[i].first();
            total += children[i].size();
        }
        this.size = total;
    }

    static Branch of(Node... children) {
        return new Branch(children);
    }

    Node[] children() {
        return children;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int width() {
        return children.length;
    }

    @Override
    public Entry first() {
        return lows[0];
    }

    Node childFor(String namespace, String name) {
        return children[indexFor(namespace, name)];
    }

    /// The child that holds this place or would hold it.
    int indexFor(String namespace, String name) {
        var low = 1;
        var high = lows.length - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            if (Node.compare(lows[middle].key(), namespace, name) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return low - 1;
    }

    @Override
    public Node put(Entry entry) {
        var index = indexFor(entry.key().namespace(), entry.key().name());
        var child = children[index].put(entry);
        if (child.width() <= WIDTH_MAX) {
            return with(index, child);
        }
        return replace(index, 1, halves(child));
    }

    @Override
    public Node remove(Key key) {
        var index = indexFor(key.namespace(), key.name());
        var child = children[index].remove(key);
        if (child.equals(children[index])) {
            return this;
        }
        if (child.width() >= WIDTH_MIN || children.length == 1) {
            return with(index, child);
        }
        var left = index > 0 ? index - 1 : 0;
        var joined = index > 0 ? children[left].join(child) : child.join(children[1]);
        return joined.width() <= WIDTH_MAX
                ? replace(left, 2, joined)
                : replace(left, 2, halves(joined));
    }

    @Override
    public Node slice(int from, int to) {
        return new Branch(Arrays.copyOfRange(children, from, to));
    }

    @Override
    public Node join(Node right) {
        var more = ((Branch) right).children;
        var joined = Arrays.copyOf(children, children.length + more.length);
        System.arraycopy(more, 0, joined, children.length, more.length);
        return new Branch(joined);
    }

    private static Node[] halves(Node wide) {
        var half = wide.width() / 2;
        return new Node[] {wide.slice(0, half), wide.slice(half, wide.width())};
    }

    private Branch with(int index, Node child) {
        var changed = children.clone();
        changed[index] = child;
        var first = child.first();
        var firsts = lows;
        if (!first.equals(lows[index])) {
            firsts = lows.clone();
            firsts[index] = first;
        }
        return new Branch(changed, firsts, size + child.size() - children[index].size());
    }

    /// This branch with `count` children from `index` on replaced by others.
    private Branch replace(int index, int count, Node... by) {
        var changed = new Node[children.length - count + by.length];
        System.arraycopy(children, 0, changed, 0, index);
        System.arraycopy(by, 0, changed, index, by.length);
        var rest = index + count;
        System.arraycopy(children, rest, changed, index + by.length, children.length - rest);
        return new Branch(changed);
    }
}
