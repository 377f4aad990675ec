package io.coxswain.storage.state;

import io.coxswain.storage.Entry;
import io.coxswain.storage.Key;

/// A node of a [Tree]. `width` counts its slots, `size` the entries below it.
///
/// A changed node may come back one slot too wide or too narrow; its parent splits or joins it.
sealed interface Node permits Leaf, Branch {

    int WIDTH_MAX = 32;
    int WIDTH_MIN = 12;

    /// How wide nodes are that are built at once: there is room for some more.
    int WIDTH_BUILT = 28;

    int size();

    int width();

    /// The smallest entry; only asked of a node that has one.
    Entry first();

    Node put(Entry entry);

    /// Without `key`; the same node when it is not there.
    Node remove(Key key);

    Node slice(int from, int to);

    /// This node's slots, then those of `right`, which is a node of the same level.
    Node join(Node right);

    /// The order of a resource's objects: by namespace, then by name.
    static int compare(Key key, String namespace, String name) {
        var order = Key.compareNamespaces(key.namespace(), namespace);
        return order != 0 ? order : key.name().compareTo(name);
    }
}
