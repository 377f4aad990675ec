package io.coxswain.kubelet.eviction;

import io.coxswain.api.core.Pod;
import java.util.Map;

/// What a pod uses of one resource.
///
/// @param containers by name; what no container accounts for is in the total alone
record PodUsage(Pod pod, long total, Map<String, Long> containers) {}
