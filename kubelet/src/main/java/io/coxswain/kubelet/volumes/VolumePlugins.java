package io.coxswain.kubelet.volumes;

import io.coxswain.api.core.Volume;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The kinds of volumes this node offers.
public final class VolumePlugins {

    public static final List<VolumePlugin> ALL =
            List.of(
                    new EmptyDirVolume(),
                    new ContentVolume(new ConfigMapContent()),
                    new ContentVolume(new SecretContent()),
                    new ContentVolume(new ProjectedContent()),
                    new ContentVolume(new DownwardContent()),
                    new HostPathVolume(),
                    new ClaimVolume());

    private VolumePlugins() {}

    static @Nullable VolumePlugin of(Volume volume) {
        for (var plugin : ALL) {
            if (plugin.handles(volume)) {
                return plugin;
            }
        }
        return null;
    }
}
