/// Where the cluster's state lives: one revision counter, immutable snapshots, gap-free watches.
///
/// [Store] is the contract. `embedded` is the engine that needs nothing but a directory; another
/// engine keeps the same objects in an etcd cluster. The contract suite runs against every engine.
/// Nothing here knows what a Kubernetes object is: values are bytes with a small [Header].
@NullMarked
package io.coxswain.storage;

import org.jspecify.annotations.NullMarked;
