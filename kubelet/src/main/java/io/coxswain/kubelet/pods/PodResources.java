package io.coxswain.kubelet.pods;

import io.coxswain.api.core.Pod;
import io.coxswain.kubelet.pod.StartFailure;

/// What a pod needs from its node before anything of it can run: directories, volumes, a cgroup.
/// Everything is found again after a restart, and released by UID alone.
public interface PodResources {

    /// Makes everything that is missing. Called before every start; cheap when all is there.
    void prepare(Pod pod) throws StartFailure;

    /// Brings volumes whose content can change up to date. Failures are reported, not thrown.
    void refresh(Pod pod);

    /// Gives volumes and the cgroup back, after the last container has ended.
    void release(String uid);

    /// Removes what was kept for those who still look at a pod that has ended: directories and
    /// logs.
    void remove(String uid, String namespace, String name);
}
