package io.coxswain.kubelet.registration;

import io.coxswain.kubelet.eviction.Signal;
import io.coxswain.kubelet.runtime.Image;
import io.coxswain.kubelet.runtime.RuntimeStatus;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a node's status is computed from.
///
/// @param runtime null: the runtime does not answer
/// @param lastRelist when the runtime's containers were last listed; null before the first time
/// @param pressures what the node is short of
public record NodeView(
        Machine machine,
        @Nullable RuntimeStatus runtime,
        String runtimeVersion,
        List<Image> images,
        @Nullable Instant lastRelist,
        Set<Signal> pressures) {}
