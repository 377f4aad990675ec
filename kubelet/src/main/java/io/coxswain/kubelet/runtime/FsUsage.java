package io.coxswain.kubelet.runtime;

import java.time.Instant;

/// What something uses of a file system, named by its mount point.
public record FsUsage(String mountpoint, Instant at, long usedBytes, long usedInodes) {}
