package io.coxswain.kubelet.volumes;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Volume;
import io.coxswain.api.core.Volumes.KeyToPath;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys of a ConfigMap as files.
final class ConfigMapContent implements Content {

    @Override
    public String directory() {
        return "kubernetes.io~configmap";
    }

    @Override
    public boolean handles(Volume volume) {
        return volume.configMap() != null;
    }

    @Override
    public boolean secret() {
        return false;
    }

    @Override
    public Map<String, FileContent> files(VolumeContext context) throws VolumeException {
        var source = context.volume().configMap();
        return source == null
                ? Map.of()
                : files(
                        context,
                        source.name(),
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
        var map = context.tools().objects().configMap(context.pod().namespace(), name);
        if (map == null && !optional) {
            throw new VolumeException("configmap \"" + name + "\" not found");
        }
        return Keys.select(map == null ? Map.of() : bytes(map), items, mode, optional, "config");
    }

    private static Map<String, byte[]> bytes(ConfigMap map) {
        var data = new HashMap<>(map.binaryData());
        map.data().forEach((key, text) -> data.put(key, text.getBytes(StandardCharsets.UTF_8)));
        return data;
    }
}
