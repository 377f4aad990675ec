package io.coxswain.kubelet.volumes;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One file of a volume.
///
/// @param user its owner; null: root
record FileContent(byte[] data, int mode, @Nullable Long user) {

    static final int DEFAULT_MODE = 0644;

    FileContent(byte[] data, int mode) {
        this(data, mode, null);
    }

    boolean sameAs(FileContent other) {
        return mode == other.mode && Arrays.equals(data, other.data);
    }
}
