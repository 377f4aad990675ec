/// What a node does before it runs out of memory, disk or processes: it says so in its conditions,
/// takes no more pods that would make it worse, and ends those that use more than they asked for.
///
/// `Pressures` looks, `Victims` chooses, `Eviction` is the loop that does it, one pod at a time.
@NullMarked
package io.coxswain.kubelet.eviction;

import org.jspecify.annotations.NullMarked;
