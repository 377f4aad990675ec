package io.coxswain.scheduler.framework;

import java.util.List;

/// Why a pod cannot go to a node.
///
/// @param reasons in the words of the event, such as `Insufficient cpu`
/// @param resolvable whether removing other pods from the node might help
public record Rejection(Plugin plugin, List<String> reasons, boolean resolvable) {

    public static Rejection resolvable(Plugin plugin, String reason) {
        return new Rejection(plugin, List.of(reason), true);
    }

    public static Rejection lasting(Plugin plugin, String reason) {
        return new Rejection(plugin, List.of(reason), false);
    }
}
