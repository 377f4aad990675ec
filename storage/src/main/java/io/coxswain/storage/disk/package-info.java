/// The disk as an engine sees it: a directory of files that grow at the end.
///
/// [Disk] is the edge. [FileDisk] is a real directory; [MemoryDisk] keeps everything in memory and
/// knows what a power failure would leave behind; [VoidDisk] keeps nothing, for clusters inside a
/// JVM that end with it.
@NullMarked
package io.coxswain.storage.disk;

import org.jspecify.annotations.NullMarked;
