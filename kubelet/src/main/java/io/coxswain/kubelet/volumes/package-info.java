/// The volumes of pods: one file per kind of volume, all listed in
/// [io.coxswain.kubelet.volumes.VolumePlugins#ALL].
///
/// A volume lies at `<root>/pods/<uid>/volumes/kubernetes.io~<kind>/<name>`. Mounting what is
/// mounted already changes nothing, so a restarted kubelet mounts everything again without harm.
/// Volumes whose content comes from the API are swapped as a whole, by one rename of a link.
@NullMarked
package io.coxswain.kubelet.volumes;

import org.jspecify.annotations.NullMarked;
