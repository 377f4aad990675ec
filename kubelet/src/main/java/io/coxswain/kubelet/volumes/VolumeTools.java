package io.coxswain.kubelet.volumes;

import io.coxswain.kubelet.containers.ApiObjects;
import io.coxswain.kubelet.containers.ContainerResources;
import io.coxswain.kubelet.containers.PodFields;

/// What volume plugins work with.
public record VolumeTools(
        ApiObjects objects,
        Claims claims,
        PodFields fields,
        ContainerResources resources,
        Tokens tokens,
        VolumeMounts mounts) {}
