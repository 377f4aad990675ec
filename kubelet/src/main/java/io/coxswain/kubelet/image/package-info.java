/// Images without a registry: a node's own images are written here, byte for byte, in plain Java.
///
/// An image is a tar archive of layers (tar archives too) and three JSON files that name each other
/// by SHA-256. [ImageArchive] writes one that both OCI and Docker tools read; [NodeImages] says
/// what the project's own images contain; [PauseProgram] is the one program that no distribution
/// has to provide. The same input gives the same bytes. [ImageImporter] hands an archive to
/// containerd.
@NullMarked
package io.coxswain.kubelet.image;

import org.jspecify.annotations.NullMarked;
