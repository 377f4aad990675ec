/// The state of a store in memory: immutable sorted trees and the history of changes.
///
/// [Timeline] is what an engine feeds: it publishes a batch of changes as one new [Root], keeps the
/// events in a linked list per resource, and answers snapshots and watches without a lock. It knows
/// nothing of disks or networks, so every engine shares it.
@NullMarked
package io.coxswain.storage.state;

import org.jspecify.annotations.NullMarked;
