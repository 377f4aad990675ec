package io.coxswain.network.host;

import io.coxswain.base.host.RunDirectory;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// Kernel settings that are needed for a while, and what they were before. A note says so too, for
/// whoever cleans up after a killed process.
public final class SettingsKept {

    private static final Logger log = LoggerFactory.getLogger(SettingsKept.class);
    private static final String NOTE = "settings";

    private final Sysctls sysctls;
    private final RunDirectory notes;

    public SettingsKept(Sysctls sysctls, RunDirectory notes) {
        this.sysctls = sysctls;
        this.notes = notes;
    }

    /// Those of the network namespace that this process is in.
    public static SettingsKept host() {
        return new SettingsKept(Sysctls.HOST, RunDirectory.ofThisHost());
    }

    /// Sets what differs. A setting that this kernel lacks is passed over; one that may not be
    /// written is reported and left, since all else may work without it.
    public synchronized void set(String key, String value) {
        try {
            var present = sysctls.read(key);
            if (present == null || present.equals(value)) {
                return;
            }
            var before = noted();
            if (before.putIfAbsent(key, present) == null) {
                note(before);
            }
            sysctls.write(key, value);
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

    /// Gives every changed setting the value it had, also those that an earlier process changed.
    public synchronized void restore() {
        noted().forEach((key, value) -> {
            try {
                sysctls.write(key, value);
            } catch (RuntimeException e) {
                log.warn("cannot restore {} to {}: {}", key, value, e.getMessage());
            }
        });
        try {
            notes.remove(NOTE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> noted() {
        var before = new LinkedHashMap<String, String>();
        for (var line : notes.read(NOTE).lines().toList()) {
            var equals = line.indexOf('=');
            if (equals > 0) {
                before.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return before;
    }

    private void note(Map<String, String> before) {
        var text =
                before.entrySet().stream()
                        .map(one -> one.getKey() + "=" + one.getValue() + "\n")
                        .collect(Collectors.joining());
        try {
            notes.write(NOTE, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
