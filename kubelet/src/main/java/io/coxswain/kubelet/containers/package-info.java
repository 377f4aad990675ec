/// What a container is given: environment, command, user and rights, limits, mounts, name
/// resolution.
///
/// Everything here turns a pod's definition into the values of
/// [io.coxswain.kubelet.runtime.ContainerConfig]; nothing is started. What cannot be turned,
/// because a
/// ConfigMap is missing or a user is root that must not be, is a
/// [io.coxswain.kubelet.pod.StartFailure] with upstream's words.
@NullMarked
package io.coxswain.kubelet.containers;

import org.jspecify.annotations.NullMarked;
