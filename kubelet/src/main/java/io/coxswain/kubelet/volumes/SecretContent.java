package io.coxswain.kubelet.volumes;

import io.coxswain.api.core.Volume;
import io.coxswain.api.core.Volumes.KeyToPath;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys of a Secret as files in memory.
final class SecretContent implements Content {

    @Override
    public String directory() {
        return "kubernetes.io~secret";
    }

    @Override
    public boolean handles(Volume volume) {
        return volume.secret() != null;
    }

    @Override
    public boolean secret() {
        return true;
    }

    @Override
    public Map<String, FileContent> files(VolumeContext context) throws VolumeException {
        var source = context.volume().secret();
        return source == null
                ? Map.of()
                : files(
                        context,
                        source.secretName(),
                        source.items(),
                        source.optional(),
                        Keys.mode(source.defaultMode()));
    }

    static Map<String, FileContent> files(
            VolumeContext context,
            String name,
            List<KeyToPath> items,
            @Nullable Boolean mayMiss,
            int mode)
            throws VolumeException {
        var optional = Boolean.TRUE.equals(mayMiss);
        var secret = context.tools().objects().secret(context.pod().namespace(), name);
        if (secret == null && !optional) {
            throw new VolumeException("secret \"" + name + "\" not found");
        }
        var data = secret == null ? Map.<String, byte[]>of() : secret.data();
        return Keys.select(data, items, mode, optional, "secret");
    }
}
