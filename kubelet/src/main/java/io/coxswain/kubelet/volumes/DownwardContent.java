package io.coxswain.kubelet.volumes;

import io.coxswain.api.core.Volume;
import io.coxswain.api.core.Volumes.DownwardAPIVolumeFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Fields of the pod itself as files.
final class DownwardContent implements Content {

    @Override
    public String directory() {
        return "kubernetes.io~downward-api";
    }

    @Override
    public boolean handles(Volume volume) {
        return volume.downwardAPI() != null;
    }

    @Override
    public boolean secret() {
        return true;
    }

    @Override
    public Map<String, FileContent> files(VolumeContext context) throws VolumeException {
        var source = context.volume().downwardAPI();
        return source == null
                ? Map.of()
                : files(context, source.items(), Keys.mode(source.defaultMode()));
    }

    static Map<String, FileContent> files(
            VolumeContext context, List<DownwardAPIVolumeFile> items, int mode)
            throws VolumeException {
        var files = new TreeMap<String, FileContent>();
        for (var item : items) {
            var own = item.mode();
            var text = value(context, item);
            files.put(
                    item.path(),
                    new FileContent(
                            text.getBytes(StandardCharsets.UTF_8), own == null ? mode : own));
        }
        return files;
    }

    private static String value(VolumeContext context, DownwardAPIVolumeFile item)
            throws VolumeException {
        try {
            if (item.fieldRef() != null) {
                return context.tools()
                        .fields()
                        .value(context.pod(), item.fieldRef().fieldPath(), List.of());
            }
            if (item.resourceFieldRef() != null) {
                return context.tools()
                        .resources()
                        .field(context.pod(), null, item.resourceFieldRef());
            }
        } catch (IllegalArgumentException e) {
            throw new VolumeException(String.valueOf(e.getMessage()));
        }
        return "";
    }
}
