package io.coxswain.scheduler.framework;

import io.coxswain.api.core.PersistentVolume;
import io.coxswain.api.core.PersistentVolumeClaim;

/// Something to be done for a pod's volumes before the pod is bound.
public sealed interface VolumeStep {

    /// Tells the provisioner for which node to make a volume.
    record Provision(PersistentVolumeClaim claim, String node) implements VolumeStep {}

    /// Gives a volume that is there to the claim.
    record Assign(PersistentVolume volume, PersistentVolumeClaim claim) implements VolumeStep {}
}
