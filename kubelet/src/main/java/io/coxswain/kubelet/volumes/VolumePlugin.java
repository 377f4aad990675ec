package io.coxswain.kubelet.volumes;

import io.coxswain.api.core.Volume;
import java.io.IOException;
import java.nio.file.Path;

/// A kind of volume.
public interface VolumePlugin {

    /// The plugin's part of the path: `kubernetes.io~empty-dir`.
    String directory();

    boolean handles(Volume volume);

    /// Makes the volume usable; does nothing when it is. The directory's parents exist.
    void mount(VolumeContext context) throws VolumeException, IOException;

    /// Where containers find it on the host.
    default Path path(VolumeContext context) throws VolumeException {
        return context.directory();
    }

    /// Whether the content follows the API, so that [#refresh] must be called from time to time.
    default boolean refreshes() {
        return false;
    }

    default void refresh(VolumeContext context) throws VolumeException, IOException {}
}
