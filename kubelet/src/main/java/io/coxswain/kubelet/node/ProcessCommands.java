package io.coxswain.kubelet.node;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Runs programs as child processes. Output goes through a file, so that a grandchild that keeps
/// the stream open cannot hold the caller.
final class ProcessCommands implements HostCommands {

    private static final List<String> ROOT_FOLDERS =
            List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

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
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(output);
        builder.environment().put("PATH", path());
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
        return folders().stream().anyMatch(f -> Files.isExecutable(Path.of(f, program)));
    }

    /// The path of this process and the folders of root, which a login of somebody else may lack.
    static String path() {
        return String.join(":", folders());
    }

    private static Set<String> folders() {
        var own = System.getenv("PATH");
        var all = new LinkedHashSet<String>(Arrays.asList((own == null ? "" : own).split(":")));
        all.addAll(ROOT_FOLDERS);
        all.remove("");
        return all;
    }
}
