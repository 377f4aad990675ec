package io.coxswain.cluster.commands;

import io.coxswain.base.Clock;
import io.coxswain.cluster.DataDirectory;
import io.coxswain.cluster.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// `cox up --detach`: the same command in a session of its own, its output in `logs/cox.log`.
/// Returns
/// when the cluster is ready; `cox down` stops it.
record DetachedUp(DataDirectory data) {

    private static final String READY = "Cluster is ready";
    private static final Duration READY_MAX = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(50);

    int run(List<String> args) {
        var log = data.logs().resolve("cox.log");
        var process = start(args, log);
        var end = Clock.SYSTEM.nanos() + READY_MAX.toNanos();
        while (process.isAlive() && Clock.SYSTEM.nanos() < end) {
            var text = read(log);
            if (text.contains(READY)) {
                System.out.print(text);
                System.out.println("It runs in the background; ./cox down stops it.");
                return 0;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        System.err.print(read(log));
        return 1;
    }

    private static Process start(List<String> args, Path log) {
        var program = System.getProperty("cox");
        if (program == null) {
            throw new StartupException("--detach works only when started by ./cox");
        }
        var command = new ArrayList<>(List.of("setsid", program, "up"));
        args.stream().filter(arg -> !arg.startsWith("--detach")).forEach(command::add);
        try {
            Files.createDirectories(log.getParent());
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "";
        }
    }
}
