/// The host under the kubelet: its packages, its containerd, cgroups, mounts and pod network.
///
/// What a host offers is detected, never assumed: cgroup v1 or v2, containerd 1.x or 2.x, where the
/// CNI plugins lie, whether negative OOM scores are allowed. Everything the project starts lies
/// under one data directory and is taken away again by the `stop` of the class that started it.
@NullMarked
package io.coxswain.kubelet.node;

import org.jspecify.annotations.NullMarked;
