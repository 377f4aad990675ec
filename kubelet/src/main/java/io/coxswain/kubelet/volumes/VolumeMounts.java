package io.coxswain.kubelet.volumes;

import io.coxswain.kubelet.node.Mounts;
import java.nio.file.Path;

/// What volumes need of the kernel. Each call leaves alone what is already as asked.
public interface VolumeMounts {

    /// @param options such as `size=64m`, or empty
    void tmpfs(Path target, String options);

    /// Makes `source`, a file or a directory, appear at `target`, which exists.
    void bind(Path source, Path target);

    /// Unmounts everything at or below the directory.
    void unmountUnder(Path directory);

    static VolumeMounts of(Mounts mounts) {
        return new VolumeMounts() {
            @Override
            public void tmpfs(Path target, String options) {
                mounts.tmpfs(target, options);
            }

            @Override
            public void bind(Path source, Path target) {
                mounts.bind(source, target, false);
            }

            @Override
            public void unmountUnder(Path directory) {
                mounts.unmountUnder(directory);
            }
        };
    }
}
