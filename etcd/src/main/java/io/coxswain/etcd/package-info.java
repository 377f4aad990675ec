/// The store on an etcd v3 cluster that several servers share.
///
/// [EtcdStore] is the engine. What is read comes from memory, which [Follower] keeps up to date by
/// one watch of everything; [Writer] changes etcd by compare-and-swap and waits until the change
/// has come back. [Freshness] makes sure that a consistent read has seen what others wrote.
/// A resource version is the revision in etcd, so every server counts alike; what keys and values
/// look like is for a `Layout` to say, and is upstream's.
@NullMarked
package io.coxswain.etcd;

import org.jspecify.annotations.NullMarked;
