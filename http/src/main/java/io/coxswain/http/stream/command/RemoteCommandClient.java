package io.coxswain.http.stream.command;

import io.coxswain.http.Duplex;
import io.coxswain.http.stream.ChannelSocket;
import io.coxswain.http.stream.Channels;
import io.coxswain.http.stream.Pipes;
import io.coxswain.http.stream.Pumps;
import io.coxswain.http.stream.Spdy;
import io.coxswain.http.stream.UpgradeOffer;
import io.coxswain.http.stream.WebSocket;
import io.coxswain.http.stream.WebSockets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The client's side of Kubernetes' remote command protocol, on a connection that was upgraded with
/// one of the offers made here.
///
/// Each stream may be used by a thread of its own; [#run] does so for callers that just want the
/// command connected to streams they have.
public final class RemoteCommandClient implements AutoCloseable {

    private static final int STATUS_BYTES_MAX = 1 << 20;
    private static final Duration GRACE = Duration.ofMillis(500);

    private final Channels channels;
    private final OutputStream stdin;
    private final OutputStream resizes;

    private RemoteCommandClient(Channels channels) {
        this.channels = channels;
        this.stdin = channels.output(StandardChannels.STDIN);
        this.resizes = channels.output(StandardChannels.RESIZE);
    }

    /// What to send to upgrade to WebSocket, v5 before v4.
    public static UpgradeOffer webSocketOffer() {
        return WebSockets.offer(List.of(RemoteCommandProtocols.V5, RemoteCommandProtocols.V4));
    }

    /// What to send to upgrade to SPDY. The only way to end a command's stdin at a runtime that
    /// does not know v5.
    public static UpgradeOffer spdyOffer() {
        return Spdy.offer(List.of(RemoteCommandProtocols.V4));
    }

    /// @param protocol what the server chose from [#webSocketOffer()]
    public static RemoteCommandClient overWebSocket(Duplex connection, String protocol) {
        var readable =
                Set.of(StandardChannels.STDOUT, StandardChannels.STDERR, StandardChannels.ERROR);
        var socket = WebSocket.client(connection);
        return new RemoteCommandClient(
                ChannelSocket.start(socket, protocol, StandardChannels.COUNT, readable));
    }

    /// @param protocol what the server chose from [#spdyOffer()]
    public static RemoteCommandClient overSpdy(
            Duplex connection, String protocol, RemoteCommandOptions options) throws IOException {
        var resizes = RemoteCommandProtocols.resizes(protocol);
        return new RemoteCommandClient(SpdyChannels.open(connection, options, resizes));
    }

    /// Closing it ends the command's stdin (over WebSocket before v5 it has no effect).
    public OutputStream stdin() {
        return stdin;
    }

    public InputStream stdout() {
        return channels.input(StandardChannels.STDOUT);
    }

    public InputStream stderr() {
        return channels.input(StandardChannels.STDERR);
    }

    public void resize(TerminalSize size) throws IOException {
        resizes.write(size.json());
        resizes.flush();
    }

    /// Waits until the command is over. Output must be read meanwhile, or the command waits, too.
    /// Throws when the connection is lost before the result is known.
    public ExitStatus exit() throws IOException {
        var error = channels.input(StandardChannels.ERROR);
        var message = new ByteArrayOutputStream();
        var buffer = new byte[4096];
        try {
            for (var count = error.read(buffer); count >= 0; count = error.read(buffer)) {
                message.write(buffer, 0, Math.min(count, STATUS_BYTES_MAX - message.size()));
            }
        } catch (IOException lost) {
            // Go's servers reset their streams once the status is out.
            if (message.size() == 0) {
                throw lost;
            }
        }
        return StatusJson.read(message.toString(StandardCharsets.UTF_8));
    }

    /// Connects the command with streams of this side until it ends.
    ///
    /// The threads that wait for `in` and `sizes` are left to themselves if those are still open
    /// then: a read of the terminal cannot be broken off.
    ///
    /// @param sizes blocks until the terminal changes, null at the end
    public ExitStatus run(
            InputStream in,
            OutputStream out,
            OutputStream err,
            Supplier<@Nullable TerminalSize> sizes)
            throws IOException {
        Thread.ofVirtual().name("stdin").start(() -> sendStdin(in));
        Thread.ofVirtual().name("resize").start(() -> sendSizes(sizes));
        try (var outputs = new Pumps()) {
            outputs.start("stdout", () -> Pipes.copy(stdout(), out), this::close);
            outputs.start("stderr", () -> Pipes.copy(stderr(), err), this::close);
            var status = exit();
            outputs.join();
            return status;
        } finally {
            channels.finish(GRACE);
        }
    }

    /// Copies `in` to the command's stdin and ends it.
    void sendStdin(InputStream in) {
        try (var closing = stdin) {
            Pipes.copy(in, closing);
        } catch (IOException over) {
            return; // The command has ended, or whoever types has gone.
        }
    }

    void sendSizes(Supplier<@Nullable TerminalSize> sizes) {
        try {
            for (var size = sizes.get(); size != null; size = sizes.get()) {
                resize(size);
            }
        } catch (IOException over) {
            return; // Nobody is left to be told.
        }
    }

    public void onEnd(Runnable callback) {
        channels.onEnd(callback);
    }

    /// Closes the connection at once.
    @Override
    public void close() {
        channels.close();
    }
}
