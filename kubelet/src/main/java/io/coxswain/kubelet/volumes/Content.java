package io.coxswain.kubelet.volumes;

import io.coxswain.api.core.Volume;
import java.util.Map;

/// The files of a volume whose content comes from the API.
interface Content {

    /// As [VolumePlugin#directory].
    String directory();

    boolean handles(Volume volume);

    /// Whether the files must never reach a disk.
    boolean secret();

    /// The files by relative path.
    Map<String, FileContent> files(VolumeContext context) throws VolumeException;
}
