package io.coxswain.kubelet.pod;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Why a container is not running although it should, as its `waiting` state shows it.
///
/// @param retryAt before this time it is not tried again; null: that is decided elsewhere
public record Problem(String reason, String message, @Nullable Instant retryAt) {

    public static final String CRASH_LOOP = "CrashLoopBackOff";
}
