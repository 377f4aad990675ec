package io.coxswain.kubelet.volumes;

import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Volume;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// One volume of one pod and where it is kept.
public record VolumeContext(Pod pod, Volume volume, Path directory, VolumeTools tools) {

    /// The group that owns the pod's volumes; null: nobody in particular.
    @Nullable Long fsGroup() {
        var context = pod.spec().securityContext();
        return context == null ? null : context.fsGroup();
    }
}
