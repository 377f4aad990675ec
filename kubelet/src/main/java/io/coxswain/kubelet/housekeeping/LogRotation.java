package io.coxswain.kubelet.housekeeping;

import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.kubelet.runtime.Container;
import io.coxswain.kubelet.runtime.ContainerFilter;
import io.coxswain.kubelet.runtime.ContainerRuntime;
import io.coxswain.kubelet.runtime.ContainerRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves log files that have become too large aside (`0.log.20260101-120000`) and keeps a few.
public final class LogRotation implements Loop {

    private static final Logger LOG = LoggerFactory.getLogger(LogRotation.class);
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final DateTimeFormatter SUFFIX =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final ContainerRuntime runtime;
    private final Clock clock;
    private final long bytesMax;
    private final int filesMax;

    public LogRotation(ContainerRuntime runtime, Clock clock, long bytesMax, int filesMax) {
        this.runtime = runtime;
        this.clock = clock;
        this.bytesMax = bytesMax;
        this.filesMax = filesMax;
    }

    @Override
    public Next runOnce() {
        var running =
                runtime.containers(
                        new ContainerFilter(null, null, Container.State.RUNNING, Map.of()));
        for (var container : running) {
            try {
                var path = runtime.containerStatus(container.id()).logPath();
                if (path != null) {
                    rotateIfLarge(container.id(), Path.of(path));
                }
            } catch (IOException | ContainerRuntimeException e) {
                LOG.info("log of container {} is not rotated", container.id(), e);
            }
        }
        return Next.in(clock, PERIOD);
    }

    private void rotateIfLarge(String id, Path log) throws IOException {
        if (!Files.isRegularFile(log) || Files.size(log) < bytesMax) {
            return;
        }
        for (var old : rotated(log).stream().skip(Math.max(0, filesMax - 2)).toList()) {
            Files.deleteIfExists(old);
        }
        var aside = log.resolveSibling(log.getFileName() + "." + SUFFIX.format(clock.now()));
        Files.move(log, aside);
        try {
            runtime.reopenLog(id);
        } catch (ContainerRuntimeException e) {
            // The container still writes into the moved file: it must be found where it was.
            Files.move(aside, log);
            throw e;
        }
    }

    /// The files moved aside earlier, newest first.
    static List<Path> rotated(Path log) throws IOException {
        var prefix = log.getFileName() + ".";
        var folder = log.toAbsolutePath().getParent();
        if (folder == null) {
            return List.of();
        }
        try (var all = Files.list(folder)) {
            return all.filter(path -> String.valueOf(path.getFileName()).startsWith(prefix))
                    .sorted(java.util.Comparator.reverseOrder())
                    .toList();
        }
    }
}
