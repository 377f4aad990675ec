package io.coxswain.client.informer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// An immutable map from text to values, in key order. A changed copy shares all but one path of
/// nodes with its original: with a million entries a change costs about twenty small objects.
///
/// An AVL tree: the heights of two siblings differ by one at most.
final class Tree<V> {

    private static final Tree<?> EMPTY = new Tree<>(null);

    private final @Nullable Node<V> root;

    private record Node<V>(
            String key,
            V value,
            @Nullable Node<V> left,
            @Nullable Node<V> right,
            int height,
            int size) {}

    private Tree(@Nullable Node<V> root) {
        this.root = root;
    }

    @SuppressWarnings("unchecked")
    static <V> Tree<V> empty() {
        return (Tree<V>) EMPTY;
    }

    static <V> Tree<V> of(SortedMap<String, V> entries) {
        List<String> keys = new ArrayList<>(entries.keySet());
        List<V> values = new ArrayList<>(entries.values());
        return new Tree<>(build(keys, values, 0, keys.size()));
    }

    int size() {
        return size(root);
    }

    @Nullable V get(String key) {
        var node = root;
        while (node != null) {
            var order = key.compareTo(node.key);
            if (order == 0) {
                return node.value;
            }
            node = order < 0 ? node.left : node.right;
        }
        return null;
    }

    Tree<V> with(String key, V value) {
        return new Tree<>(insert(root, key, value));
    }

    Tree<V> without(String key) {
        return get(key) == null ? this : new Tree<>(remove(root, key));
    }

    Stream<V> values() {
        return startingWith("");
    }

    /// The values whose keys start with `prefix`, in key order.
    Stream<V> startingWith(String prefix) {
        var walk = new Walk<>(root, prefix);
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        walk, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE),
                false);
    }

    private static <V> @Nullable Node<V> build(
            List<String> keys, List<V> values, int from, int to) {
        if (from >= to) {
            return null;
        }
        var middle = (from + to) >>> 1;
        return node(
                keys.get(middle),
                values.get(middle),
                build(keys, values, from, middle),
                build(keys, values, middle + 1, to));
    }

    private static <V> Node<V> insert(@Nullable Node<V> node, String key, V value) {
        if (node == null) {
            return node(key, value, null, null);
        }
        var order = key.compareTo(node.key);
        if (order == 0) {
            return node(key, value, node.left, node.right);
        }
        return order < 0
                ? balanced(node.key, node.value, insert(node.left, key, value), node.right)
                : balanced(node.key, node.value, node.left, insert(node.right, key, value));
    }

    private static <V> @Nullable Node<V> remove(@Nullable Node<V> node, String key) {
        if (node == null) {
            return null;
        }
        var order = key.compareTo(node.key);
        if (order < 0) {
            return balanced(node.key, node.value, remove(node.left, key), node.right);
        }
        if (order > 0) {
            return balanced(node.key, node.value, node.left, remove(node.right, key));
        }
        var right = node.right;
        if (right == null) {
            return node.left;
        }
        var next = first(right);
        return balanced(next.key, next.value, node.left, remove(right, next.key));
    }

    private static <V> Node<V> first(Node<V> node) {
        var at = node;
        for (var left = at.left; left != null; left = at.left) {
            at = left;
        }
        return at;
    }

    private static <V> Node<V> balanced(
            String key, V value, @Nullable Node<V> left, @Nullable Node<V> right) {
        var lean = height(left) - height(right);
        if (left != null && lean > 1) {
            var inner = left.right;
            if (inner == null || height(left.left) >= height(inner)) {
                return node(left.key, left.value, left.left, node(key, value, inner, right));
            }
            return node(
                    inner.key,
                    inner.value,
                    node(left.key, left.value, left.left, inner.left),
                    node(key, value, inner.right, right));
        }
        if (right != null && lean < -1) {
            var inner = right.left;
            if (inner == null || height(right.right) >= height(inner)) {
                return node(right.key, right.value, node(key, value, left, inner), right.right);
            }
            return node(
                    inner.key,
                    inner.value,
                    node(key, value, left, inner.left),
                    node(right.key, right.value, inner.right, right.right));
        }
        return node(key, value, left, right);
    }

    private static <V> Node<V> node(
            String key, V value, @Nullable Node<V> left, @Nullable Node<V> right) {
        return new Node<>(
                key,
                value,
                left,
                right,
                1 + Math.max(height(left), height(right)),
                1 + size(left) + size(right));
    }

    private static int height(@Nullable Node<?> node) {
        return node == null ? 0 : node.height;
    }

    private static int size(@Nullable Node<?> node) {
        return node == null ? 0 : node.size;
    }

    /// Goes through the nodes in order, from the first whose key is not before the prefix.
    private static final class Walk<V> implements Iterator<V> {
        private final ArrayDeque<Node<V>> path = new ArrayDeque<>();
        private final String prefix;

        Walk(@Nullable Node<V> root, String prefix) {
            this.prefix = prefix;
            var node = root;
            while (node != null) {
                if (node.key.compareTo(prefix) >= 0) {
                    path.push(node);
                    node = node.left;
                } else {
                    node = node.right;
                }
            }
        }

        @Override
        public boolean hasNext() {
            var top = path.peek();
            return top != null && top.key.startsWith(prefix);
        }

        @Override
        public V next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            var top = path.pop();
            for (var node = top.right; node != null; node = node.left) {
                path.push(node);
            }
            return top.value;
        }
    }
}
