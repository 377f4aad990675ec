package io.coxswain.kubelet.node;

/// What a cgroup has used: CPU since it was made, memory now. The working set is the memory in use
/// without the file pages that nobody has touched lately.
public record CgroupUsage(long cpuNanos, long memoryBytes, long workingSetBytes, long processes) {}
