package io.coxswain.kubelet.node;

import io.coxswain.base.host.HostPrograms;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs programs as child processes. Output goes through a file, so that a grandchild that keeps
/// the stream open cannot hold the caller.
final class ProcessCommands implements HostCommands {

    @Override
    public Result run(Duration timeMax, Map<String, String> environment, List<String> command) {
        try {
            var output = Files.createTempFile("coxswain-command", ".out");
            try {
                return run(timeMax, environment, command, output.toFile());
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new HostException("cannot run " + command.getFirst() + ": " + e.getMessage(), e);
        }
    }

    private static Result run(
            Duration timeMax, Map<String, String> environment, List<String> command, File output)
            throws IOException {
        var builder =
                new ProcessBuilder(HostPrograms.resolved(command))
                        .redirectErrorStream(true)
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(output);
        builder.environment().put("PATH", HostPrograms.path());
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        var process = builder.start();
        var ended = waitFor(process, timeMax);
        var text = Files.readString(output.toPath(), StandardCharsets.ISO_8859_1);
        return ended
                ? new Result(process.exitValue(), text)
                : new Result(124, text + "\nkilled after " + timeMax.toSeconds() + " s");
    }

    private static boolean waitFor(Process process, Duration timeMax) {
        try {
            if (process.waitFor(timeMax.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return false;
    }

    @Override
    public boolean has(String program) {
        return HostPrograms.find(program) != null;
    }
}
