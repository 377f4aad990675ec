package io.coxswain.kubelet.registration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// What this machine has, and how much of it is left, as the kernel tells.
public record Machine(
        int cpus,
        long memoryBytes,
        long memoryAvailableBytes,
        long diskBytes,
        long diskAvailableBytes,
        long processesMax,
        long processes,
        Identity identity) {

    private static final int TEXT_MAX = 1 << 16;

    /// Which machine this is; the same for as long as it runs.
    public record Identity(
            String machineId,
            String systemUuid,
            String bootId,
            String kernelVersion,
            String osImage,
            String operatingSystem,
            String architecture) {}

    /// Looks now; what cannot be read is empty or 0.
    ///
    /// @param root a directory on the disk that pods use
    public static Machine read(Path root) {
        var memory = text("/proc/meminfo");
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                kibibytes(memory, "MemTotal:"),
                kibibytes(memory, "MemAvailable:"),
                disk(root, true),
                disk(root, false),
                number(text("/proc/sys/kernel/pid_max")),
                processes(text("/proc/loadavg")),
                readIdentity());
    }

    private static Identity readIdentity() {
        return new Identity(
                text("/etc/machine-id"),
                text("/sys/class/dmi/id/product_uuid").toLowerCase(Locale.ROOT),
                text("/proc/sys/kernel/random/boot_id"),
                text("/proc/sys/kernel/osrelease"),
                osImage(text("/etc/os-release")),
                "linux",
                architecture(System.getProperty("os.arch", "")));
    }

    static String architecture(String jvmName) {
        return switch (jvmName) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> jvmName;
        };
    }

    static String osImage(String osRelease) {
        for (var line : osRelease.split("\n")) {
            if (line.startsWith("PRETTY_NAME=")) {
                return line.substring("PRETTY_NAME=".length()).replace("\"", "");
            }
        }
        return "Linux";
    }

    static long kibibytes(String meminfo, String field) {
        for (var line : meminfo.split("\n")) {
            if (line.startsWith(field)) {
                return number(line.substring(field.length()).replace("kB", "").strip()) * 1024;
            }
        }
        return 0;
    }

    /// `0.1 0.2 0.3 2/345 6789`: 345 tasks.
    static long processes(String loadavg) {
        var words = loadavg.split(" ");
        return words.length < 4 ? 0 : number(words[3].substring(words[3].indexOf('/') + 1));
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static long disk(Path root, boolean total) {
        try {
            var store = Files.getFileStore(root);
            return total ? store.getTotalSpace() : store.getUsableSpace();
        } catch (IOException e) {
            return 0;
        }
    }

    private static String text(String path) {
        // Files under /proc/sys give everything to the first read and nothing to a second one.
        try (var in = Files.newInputStream(Path.of(path))) {
            return new String(in.readNBytes(TEXT_MAX), StandardCharsets.UTF_8).strip();
        } catch (IOException | SecurityException e) {
            return "";
        }
    }
}
