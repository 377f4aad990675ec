package io.coxswain.kubelet.pods;

import io.coxswain.api.core.Pod;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Decides whether a pod that was bound to this node may run on it.
@FunctionalInterface
public interface PodAdmission {

    /// Null: it may.
    ///
    /// @param others the pods that have already been let in and have not ended
    @Nullable Rejection check(Pod pod, Collection<Pod> others);

    /// Why a pod may not run here, as its status will say.
    record Rejection(String reason, String message) {}

    PodAdmission ALL = (pod, others) -> null;
}
