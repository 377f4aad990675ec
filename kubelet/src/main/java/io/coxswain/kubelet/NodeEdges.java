package io.coxswain.kubelet;

import io.coxswain.kubelet.containers.PodCgroups;
import io.coxswain.kubelet.runtime.ContainerRuntime;
import io.coxswain.kubelet.volumes.VolumeMounts;

/// What a kubelet touches of its host, each part real or made up.
public record NodeEdges(ContainerRuntime runtime, VolumeMounts mounts, PodCgroups cgroups) {}
