/// The disk as an engine sees it: a directory of files that grow at the end.
///
/// [Disk] is the edge. [FileDisk] is a real directory; [MemoryDisk] keeps everything in memory, for
/// clusters inside a JVM and for tests, and knows what a power failure would leave behind.
@NullMarked
package io.coxswain.storage.disk;

import org.jspecify.annotations.NullMarked;
