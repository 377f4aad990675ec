package io.coxswain.kubelet.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The images that a [ContainerRuntime] keeps on this node.
public interface Images {

    /// Fetches the image and returns its id, as [Image#id()]. Throws `NOT_FOUND` when the registry
    /// has no such image, `UNAUTHORIZED` when it refuses the credentials, else `IMAGE_PULL`.
    String pull(String reference, @Nullable RegistryAuth auth, @Nullable SandboxConfig sandbox);

    List<Image> list();

    /// The image with this id, tag or digest; `null` if it is not present.
    @Nullable Image find(String reference);

    /// Removes the image under all its names. An absent image is a success.
    void remove(String reference);

    /// What the images use, per file system they lie on.
    List<FsUsage> usage();
}
