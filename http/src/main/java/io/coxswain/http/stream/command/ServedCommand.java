package io.coxswain.http.stream.command;

import io.coxswain.http.stream.Channels;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The server's view of a remote command, over the channels of any transport.
record ServedCommand(
        RemoteCommandOptions options,
        Channels channels,
        boolean structuredStatus,
        AtomicBoolean finished)
        implements CommandStreams {

    /// How long the client may take to close the connection after it has been told the result.
    private static final Duration GRACE = Duration.ofSeconds(1);

    @Override
    public InputStream stdin() {
        return channels.input(StandardChannels.STDIN);
    }

    @Override
    public OutputStream stdout() {
        return channels.output(StandardChannels.STDOUT);
    }

    @Override
    public OutputStream stderr() {
        return channels.output(StandardChannels.STDERR);
    }

    @Override
    public @Nullable TerminalSize nextResize() {
        return TerminalSize.read(channels.input(StandardChannels.RESIZE));
    }

    @Override
    public void finish(ExitStatus status) {
        if (finished.getAndSet(true)) {
            return;
        }
        try {
            channels.input(StandardChannels.STDIN).close();
            channels.input(StandardChannels.RESIZE).close();
            stdout().close();
            stderr().close();
            var error = channels.output(StandardChannels.ERROR);
            error.write(message(status).getBytes(StandardCharsets.UTF_8));
            error.close();
            channels.finish(GRACE);
        } catch (IOException lost) {
            channels.close(); // The client is gone; nobody is left to tell.
        }
    }

    private String message(ExitStatus status) {
        if (structuredStatus) {
            return StatusJson.write(status);
        }
        return switch (status) {
            case ExitStatus.Success() -> "";
            case ExitStatus.Exited(var code, var message) -> message;
            case ExitStatus.Failed(var message) -> message;
        };
    }

    @Override
    public void onEnd(Runnable callback) {
        channels.onEnd(callback);
    }

    @Override
    public void close() {
        finished.set(true);
        channels.close();
    }
}
