package io.coxswain.network.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The settings of the kernel's network, such as `net/ipv4/ip_forward`.
public interface Sysctls {

    /// The value, or null where this kernel has no such setting.
    @Nullable String read(String key);

    void write(String key, String value);

    /// Loads a part of the kernel that brings settings with it. Does nothing where there is none to
    /// load.
    void load(String module);

    /// The settings of the network namespace that this process is in.
    Sysctls HOST =
            new Sysctls() {
                @Override
                public @Nullable String read(String key) {
                    try {
                        var file = file(key);
                        return Files.exists(file) ? Files.readString(file).strip() : null;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }

                @Override
                public void write(String key, String value) {
                    try {
                        Files.writeString(file(key), value);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }

                @Override
                public void load(String module) {
                    Programs.run("modprobe", "-q", module);
                }

                private static Path file(String key) {
                    return Path.of("/proc/sys", key);
                }
            };
}
