package io.coxswain.kubelet.containers;

import io.coxswain.api.core.Pod;
import org.jspecify.annotations.Nullable;

/// The cgroups of pods, above those that the runtime makes for their containers.
public interface PodCgroups {

    /// The parent for the pod's sandbox and containers, as the runtime wants it written; null: the
    /// runtime's default.
    @Nullable String parent(Pod pod);

    /// Makes the pod's cgroup with its limits; changes nothing that is as it should be.
    void prepare(Pod pod);

    /// Removes the cgroup of a pod that has no process any more.
    void remove(String uid);

    /// Pods have no cgroups of their own.
    PodCgroups NONE =
            new PodCgroups() {
                @Override
                public @Nullable String parent(Pod pod) {
                    return null;
                }

                @Override
                public void prepare(Pod pod) {}

                @Override
                public void remove(String uid) {}
            };
}
