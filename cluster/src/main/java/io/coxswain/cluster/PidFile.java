package io.coxswain.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/// Says which process runs a cluster on a data directory, so that there is one and `cox down` finds
/// it.
public final class PidFile implements AutoCloseable {

    private static final String PROGRAM = "io.coxswain.cluster.Main";

    private final DataDirectory data;

    private PidFile(DataDirectory data) {
        this.data = data;
    }

    /// Throws [StartupException] when a living process has it.
    public static PidFile take(DataDirectory data) {
        var holder = holder(data);
        if (holder > 0) {
            throw new StartupException(
                    "another cluster runs on "
                            + data.root()
                            + " (process "
                            + holder
                            + "). Stop it with ./cox down, or choose another --data-dir.");
        }
        try {
            Files.writeString(data.pidFile(), ProcessHandle.current().pid() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PidFile(data);
    }

    /// The process that runs a cluster there; 0 when there is none.
    public static long holder(DataDirectory data) {
        try {
            if (!Files.exists(data.pidFile())) {
                return 0;
            }
            var pid = Long.parseLong(Files.readString(data.pidFile()).trim());
            return ProcessHandle.of(pid).filter(PidFile::isOurs).isPresent() ? pid : 0;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    /// A process id is used again by others after a crash.
    private static boolean isOurs(ProcessHandle process) {
        return process.isAlive()
                && process.pid() != ProcessHandle.current().pid()
                && process.info().commandLine().map(line -> line.contains(PROGRAM)).orElse(false);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(data.pidFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
