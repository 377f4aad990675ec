package io.coxswain.api.codec;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An immutable map in two arrays, sorted by key: small, and in the order JSON is written.
public final class ArrayMap<V> extends AbstractMap<String, V> {

    final String[] keys;
    final Object[] values;

    /// Takes the arrays over; keys must be sorted and differ.
    private ArrayMap(String[] keys, Object[] values) {
        this.keys = keys;
        this.values = values;
    }

    /// Of equal keys the last one counts. Uses the arrays given, up to `size`.
    public static Map<String, Object> of(String[] keys, Object[] values, int size) {
        if (size == 0) {
            return Map.of();
        }
        var ascending = true;
        for (var i = 1; i < size && ascending; i++) {
            ascending = keys[i - 1].compareTo(keys[i]) < 0;
        }
        if (ascending) {
            return new ArrayMap<>(Arrays.copyOf(keys, size), Arrays.copyOf(values, size));
        }
        var sorted = new java.util.TreeMap<String, Object>();
        for (var i = 0; i < size; i++) {
            sorted.put(keys[i], values[i]);
        }
        return new ArrayMap<>(sorted.keySet().toArray(String[]::new), sorted.values().toArray());
    }

    @Override
    public int size() {
        return keys.length;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return find(key) >= 0;
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable V get(@Nullable Object key) {
        var at = find(key);
        return at < 0 ? null : (V) values[at];
    }

    private int find(@Nullable Object key) {
        return key instanceof String text ? Arrays.binarySearch(keys, text) : -1;
    }

    @Override
    public Set<Map.Entry<String, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return keys.length;
            }

            @Override
            public Iterator<Map.Entry<String, V>> iterator() {
                return entries();
            }
        };
    }

    private Iterator<Map.Entry<String, V>> entries() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < keys.length;
            }

            @Override
            @SuppressWarnings("unchecked")
            public Map.Entry<String, V> next() {
                if (next >= keys.length) {
                    throw new NoSuchElementException();
                }
                var at = next++;
                return Map.entry(keys[at], (V) values[at]);
            }
        };
    }
}
