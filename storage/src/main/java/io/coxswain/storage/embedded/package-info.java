/// The engine that needs nothing but a directory: a log, snapshots, and the state in memory.
///
/// ```
/// write   → Committer (one of the writers commits for all)
///             → Log: append, force → Timeline: publish → watches are woken
/// upkeep  → Upkeep: expiry, compaction, snapshot files instead of a long log
/// open    → Recovery: snapshot file, then Replay of the log → Timeline
/// ```
/// The format on disk is described at [Frames], [Records] and [Preamble]; the files of a directory
/// at [Files].
@NullMarked
package io.coxswain.storage.embedded;

import org.jspecify.annotations.NullMarked;
