package io.coxswain.scheduler.framework;

import io.coxswain.scheduler.snapshot.NodeInfo;
import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tries to make room for a pod for which no node will do.
public interface PostFilterPlugin extends Plugin {

    Room makeRoom(Attempt attempt);

    /// The failed attempt.
    ///
    /// @param nominated the node that was being freed for the pod before; empty for none
    record Attempt(
            Placement placement, Snapshot snapshot, Nominations nominations, String nominated) {

        public PodInfo pod() {
            return placement.pod();
        }
    }

    /// What can be done.
    ///
    /// @param node where the pod will fit once the victims are gone; null when nothing helps
    /// @param message why nothing helps, for users
    /// @param waiting whether room is already being made, so that nothing should change
    record Room(@Nullable NodeInfo node, List<PodInfo> victims, String message, boolean waiting) {

        public static Room none(String message) {
            return new Room(null, List.of(), message, false);
        }
    }
}
