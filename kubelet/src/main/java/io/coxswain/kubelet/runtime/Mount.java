package io.coxswain.kubelet.runtime;

import org.jspecify.annotations.Nullable;

/// A path of the host that appears in a container. The host's path must exist; with `image`, the
/// files of that image appear instead, read-only, and `hostPath` is `null`.
public record Mount(
        String containerPath,
        @Nullable String hostPath,
        boolean readOnly,
        boolean recursiveReadOnly,
        boolean seLinuxRelabel,
        Propagation propagation,
        @Nullable ImageSource image) {

    public static Mount of(String containerPath, String hostPath, boolean readOnly) {
        return new Mount(
                containerPath, hostPath, readOnly, false, false, Propagation.PRIVATE, null);
    }

    /// An image that the runtime has, and the folder in it that is wanted, if not the whole.
    public record ImageSource(String reference, @Nullable String subPath) {}

    /// Whether mounts made later on one side appear on the other. All but `PRIVATE` need a host
    /// path on a shared mount.
    public enum Propagation {
        PRIVATE,
        HOST_TO_CONTAINER,
        BIDIRECTIONAL
    }
}
