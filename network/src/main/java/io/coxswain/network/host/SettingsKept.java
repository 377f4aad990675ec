package io.coxswain.network.host;

import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Kernel settings that are needed for a while, and what they were before.
public final class SettingsKept {

    private static final Logger log = LoggerFactory.getLogger(SettingsKept.class);

    private final Sysctls sysctls;
    private final Map<String, String> before = new LinkedHashMap<>();

    public SettingsKept(Sysctls sysctls) {
        this.sysctls = sysctls;
    }

    /// Sets what differs. A setting that this kernel lacks is passed over; one that may not be
    /// written is reported and left, since all else may work without it.
    public synchronized void set(String key, String value) {
        try {
            var present = sysctls.read(key);
            if (present == null || present.equals(value)) {
                return;
            }
            sysctls.write(key, value);
            before.putIfAbsent(key, present);
        } catch (RuntimeException e) {
            log.warn("cannot set {} to {}: {}", key, value, e.getMessage());
        }
    }

    /// Like [#set], for a setting that a module of the kernel brings.
    public void set(String module, String key, String value) {
        if (sysctls.read(key) == null) {
            sysctls.load(module);
        }
        set(key, value);
    }

    /// Gives every changed setting the value it had.
    public synchronized void restore() {
        before.forEach((key, value) -> {
            try {
                sysctls.write(key, value);
            } catch (RuntimeException e) {
                log.warn("cannot restore {} to {}: {}", key, value, e.getMessage());
            }
        });
        before.clear();
    }
}
