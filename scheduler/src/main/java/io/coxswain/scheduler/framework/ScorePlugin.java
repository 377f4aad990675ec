package io.coxswain.scheduler.framework;

import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;

/// Says which nodes are better for a pod.
public interface ScorePlugin extends Plugin {

    /// The scores for this pod; null when all nodes are equally good.
    @Nullable NodeScore scores(PodInfo pod, Snapshot snapshot);
}
