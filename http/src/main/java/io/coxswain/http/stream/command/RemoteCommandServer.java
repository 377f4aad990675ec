package io.coxswain.http.stream.command;

import io.coxswain.http.Duplex;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.http.stream.ChannelSocket;
import io.coxswain.http.stream.Channels;
import io.coxswain.http.stream.Spdy;
import io.coxswain.http.stream.WebSocket;
import io.coxswain.http.stream.WebSockets;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server's side of Kubernetes' remote command protocol (exec, attach), in all its versions
/// over WebSocket and SPDY.
public final class RemoteCommandServer {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteCommandServer.class);

    private RemoteCommandServer() {}

    /// Runs a command for a client. When it returns without having finished the streams, or throws,
    /// the client is told of a failure.
    @FunctionalInterface
    public interface Session {
        void run(CommandStreams streams) throws IOException;
    }

    /// The answer to a request that wants to run a command: the upgrade, or why it cannot be.
    public static Response negotiate(
            Request request, RemoteCommandOptions options, Session session) {
        if (WebSockets.asked(request)) {
            return WebSockets.accept(
                    request,
                    RemoteCommandProtocols.WEB_SOCKET,
                    (socket, protocol) -> serve(socket, protocol, options, session));
        }
        return Spdy.accept(
                request,
                RemoteCommandProtocols.SPDY,
                (connection, protocol) -> serve(connection, protocol, options, session));
    }

    private static void serve(
            WebSocket socket, String protocol, RemoteCommandOptions options, Session session)
            throws IOException {
        var readable =
                options.stdin()
                        ? Set.of(StandardChannels.STDIN, StandardChannels.RESIZE)
                        : Set.of(StandardChannels.RESIZE);
        var channels = ChannelSocket.start(socket, protocol, StandardChannels.COUNT, readable);
        try {
            // An empty message tells the client that the connection stands.
            channels.send(firstOutput(options), new byte[0], 0, 0);
        } catch (IOException lost) {
            channels.close();
            throw lost;
        }
        run(channels, protocol, options, session);
    }

    private static int firstOutput(RemoteCommandOptions options) {
        if (options.stdout()) {
            return StandardChannels.STDOUT;
        }
        return options.stderr() ? StandardChannels.STDERR : StandardChannels.ERROR;
    }

    private static void serve(
            Duplex connection, String protocol, RemoteCommandOptions options, Session session)
            throws IOException {
        var resizes = RemoteCommandProtocols.resizes(protocol);
        run(SpdyChannels.accept(connection, options, resizes), protocol, options, session);
    }

    private static void run(
            Channels channels, String protocol, RemoteCommandOptions options, Session session) {
        var structured = RemoteCommandProtocols.structuredStatus(protocol);
        var streams = new ServedCommand(options, channels, structured, new AtomicBoolean());
        try {
            session.run(streams);
            streams.finish(ExitStatus.failed("no exit status"));
        } catch (IOException | RuntimeException failure) {
            LOG.debug("remote command failed", failure);
            streams.finish(ExitStatus.failed(String.valueOf(failure.getMessage())));
        } finally {
            channels.close();
        }
    }
}
