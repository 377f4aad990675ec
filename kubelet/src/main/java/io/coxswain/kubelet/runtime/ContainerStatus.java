package io.coxswain.kubelet.runtime;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of a container.
///
/// `reason` is the runtime's: `Completed` (exit code 0), `Error`, `OOMKilled`, `StartError`; empty
/// while it runs. `exitCode` means something only when `EXITED`: 128 + n for signal n. `imageRef`
/// is what a pod's status shows as `imageID`. `logPath` is absolute.
public record ContainerStatus(
        String id,
        String name,
        int attempt,
        Container.State state,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        int exitCode,
        String reason,
        String message,
        String image,
        String imageRef,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<Mount> mounts,
        @Nullable String logPath,
        @Nullable Resources resources,
        @Nullable User user) {

    public ContainerStatus {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        mounts = List.copyOf(mounts);
    }

    /// As whom the first process was started, if the runtime tells.
    public record User(long uid, long gid, List<Long> supplementalGroups) {
        public User {
            supplementalGroups = List.copyOf(supplementalGroups);
        }
    }
}
