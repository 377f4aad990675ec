package io.coxswain.kubelet.volumes;

import io.coxswain.api.core.Volumes.KeyToPath;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Chooses the keys of a ConfigMap or Secret that become files.
final class Keys {

    private Keys() {}

    /// @param what `config` or `secret`, for the message about a missing key
    static Map<String, FileContent> select(
            Map<String, byte[]> data,
            List<KeyToPath> items,
            int mode,
            boolean optional,
            String what)
            throws VolumeException {
        var files = new TreeMap<String, FileContent>();
        if (items.isEmpty()) {
            data.forEach((key, value) -> files.put(key, new FileContent(value, mode)));
            return files;
        }
        for (var item : items) {
            var value = data.get(item.key());
            if (value == null) {
                if (optional) {
                    continue;
                }
                throw new VolumeException(
                        "references non-existent " + what + " key: " + item.key());
            }
            var own = item.mode();
            files.put(item.path(), new FileContent(value, own == null ? mode : own));
        }
        return files;
    }

    static int mode(@Nullable Integer defaultMode) {
        return defaultMode == null ? FileContent.DEFAULT_MODE : defaultMode;
    }
}
