package io.coxswain.kubelet.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// With whom a sandbox or container shares its namespaces.
///
/// The wire default of every one is `POD`, so `pid` must be given as `CONTAINER` both for the
/// sandbox and for each container unless the pod shares its process namespace; [#DEFAULT] does.
/// `targetId` is the container whose processes an ephemeral container sees, with `pid` `TARGET`.
public record Namespaces(
        Mode network, Mode pid, Mode ipc, @Nullable String targetId, @Nullable UserNamespace user) {

    public static final Namespaces DEFAULT =
            new Namespaces(Mode.POD, Mode.CONTAINER, Mode.POD, null, null);

    public static final Namespaces HOST_NETWORK =
            new Namespaces(Mode.NODE, Mode.CONTAINER, Mode.POD, null, null);

    public enum Mode {
        POD,
        CONTAINER,
        NODE,
        TARGET
    }

    /// A user namespace of the pod's own, and how its ids map to the host's.
    public record UserNamespace(List<IdMapping> uids, List<IdMapping> gids) {
        public UserNamespace {
            uids = List.copyOf(uids);
            gids = List.copyOf(gids);
        }
    }

    /// `length` ids from `containerId` on are the host's from `hostId` on.
    public record IdMapping(long hostId, long containerId, long length) {}
}
