/// kube-scheduler: gives every waiting pod a node.
///
/// ```
/// informers → ClusterFollower → SchedulingQueue ─ pod ─→ Placements ─ node ─→ Writer → binding
///                    └────────→ Snapshot (nodes, pods on them, assumed pods) ┘
/// ```
/// One loop decides, for one pod after the other; it never waits for the API server. What it has
/// decided it assumes, and a pool of writers carries it out.
@NullMarked
package io.coxswain.scheduler;

import org.jspecify.annotations.NullMarked;
