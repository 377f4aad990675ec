package io.coxswain.kubelet.containers;

import io.coxswain.kubelet.logs.LogLines;
import io.coxswain.kubelet.runtime.ContainerStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Function;

/// Reads what exited containers left in their termination message file or, when they ask for that
/// and have failed, at the end of their log.
public final class TerminationMessages implements Function<ContainerStatus, String> {

    static final String PATH = "io.kubernetes.container.terminationMessagePath";
    static final String POLICY = "io.kubernetes.container.terminationMessagePolicy";

    private static final int MESSAGE_BYTES_MAX = 4096;
    private static final int LOG_BYTES_MAX = 2048;
    private static final int LOG_LINES_MAX = 80;

    @Override
    public String apply(ContainerStatus status) {
        var message = fromFile(status);
        var fallback = "FallbackToLogsOnError".equals(status.annotations().get(POLICY));
        if (message.isEmpty() && fallback && status.exitCode() != 0) {
            return fromLog(status);
        }
        return message;
    }

    private static String fromFile(ContainerStatus status) {
        var path = status.annotations().getOrDefault(PATH, "");
        for (var mount : status.mounts()) {
            var host = mount.hostPath();
            if (host != null && mount.containerPath().equals(path)) {
                return read(Path.of(host));
            }
        }
        return "";
    }

    private static String read(Path file) {
        // The container could have put a link there; only what it was given is read.
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return "";
        }
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MESSAGE_BYTES_MAX), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "Error on reading termination log " + file + ": " + e.getMessage();
        }
    }

    private static String fromLog(ContainerStatus status) {
        var log = status.logPath();
        return log == null ? "" : LogLines.tail(Path.of(log), LOG_LINES_MAX, LOG_BYTES_MAX);
    }
}
