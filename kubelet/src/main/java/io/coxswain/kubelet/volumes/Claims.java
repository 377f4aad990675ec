package io.coxswain.kubelet.volumes;

import io.coxswain.api.core.PersistentVolume;
import io.coxswain.api.core.PersistentVolumeClaim;
import org.jspecify.annotations.Nullable;

/// Persistent volumes and the claims to them. Blocks while it asks the API.
public interface Claims {

    @Nullable PersistentVolumeClaim claim(String namespace, String name);

    @Nullable PersistentVolume volume(String name);
}
