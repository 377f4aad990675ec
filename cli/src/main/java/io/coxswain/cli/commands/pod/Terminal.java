package io.coxswain.cli.commands.pod;

import io.coxswain.http.stream.command.TerminalSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The terminal that the program was started from, through `stty`.
final class Terminal implements AutoCloseable {

    private static final Duration SIZE_INTERVAL = Duration.ofSeconds(1);

    private final String settings;
    private volatile boolean closed;
    private @Nullable TerminalSize last;

    private Terminal(String settings) {
        this.settings = settings;
    }

    /// Whether standard input is a terminal.
    static boolean present() {
        return run("test -t 0") != null;
    }

    /// Every key goes to whoever reads, at once and unseen; [#close()] undoes it.
    static Terminal raw() {
        var settings = run("stty -g < /dev/tty");
        run("stty raw -echo < /dev/tty");
        var terminal = new Terminal(settings == null ? "" : settings.strip());
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(terminal::close));
        return terminal;
    }

    /// Waits until the size is another than last time; null when the terminal is closed.
    @Nullable TerminalSize nextSize() {
        while (!closed) {
            var size = size();
            if (size != null && !size.equals(last)) {
                last = size;
                return size;
            }
            LockSupport.parkNanos(SIZE_INTERVAL.toNanos());
        }
        return null;
    }

    private static @Nullable TerminalSize size() {
        var text = run("stty size < /dev/tty");
        var words = text == null ? new String[0] : text.strip().split(" ");
        return words.length == 2
                ? new TerminalSize(Integer.parseInt(words[1]), Integer.parseInt(words[0]))
                : null;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            run("stty " + settings + " < /dev/tty");
        }
    }

    /// The output of a shell command; null when it failed.
    private static @Nullable String run(String command) {
        try {
            var process =
                    new ProcessBuilder("sh", "-c", command)
                            .redirectInput(ProcessBuilder.Redirect.INHERIT)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            var output = process.getInputStream().readAllBytes();
            return process.waitFor() == 0 ? new String(output, StandardCharsets.UTF_8) : null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
