package io.coxswain.http.stream.forward;

import io.coxswain.http.Duplex;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.http.stream.ChannelSocket;
import io.coxswain.http.stream.Pipes;
import io.coxswain.http.stream.Pumps;
import io.coxswain.http.stream.Spdy;
import io.coxswain.http.stream.WebSocket;
import io.coxswain.http.stream.WebSocketDuplex;
import io.coxswain.http.stream.WebSockets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The server's side of port forwarding: connections to ports of a pod, many through one upgraded
/// connection. Speaks SPDY, SPDY tunnelled in a WebSocket, and the older channels in a WebSocket.
public final class PortForwardServer {

    static final String SPDY = "portforward.k8s.io";
    static final String TUNNEL = "SPDY/3.1+portforward.k8s.io";
    private static final List<String> WEB_SOCKET =
            List.of(TUNNEL, "v4.channel.k8s.io", "v4.base64.channel.k8s.io", "");

    private PortForwardServer() {}

    /// Connects to a port of the pod.
    @FunctionalInterface
    public interface Connector {

        /// A connection to the port; throws with the reason when there can be none.
        Duplex dial(int port) throws IOException;

        /// The pod as error messages name it.
        default String target() {
            return "pod";
        }

        /// This connector, named `pod NAME, uid UID` in error messages.
        static Connector of(String target, Connector connector) {
            return new Connector() {
                @Override
                public Duplex dial(int port) throws IOException {
                    return connector.dial(port);
                }

                @Override
                public String target() {
                    return target;
                }
            };
        }
    }

    /// The answer to a request that wants to forward ports: the upgrade, or why it cannot be.
    ///
    /// @param ports those of the query; only the channel protocols need them
    public static Response negotiate(Request request, List<Integer> ports, Connector connector) {
        if (!WebSockets.asked(request)) {
            return Spdy.accept(
                    request,
                    List.of(SPDY),
                    (connection, protocol) -> SpdyPortForwards.serve(connection, connector));
        }
        return WebSockets.accept(
                request,
                WEB_SOCKET,
                (socket, protocol) -> {
                    if (protocol.equals(TUNNEL)) {
                        SpdyPortForwards.serve(new WebSocketDuplex(socket), connector);
                    } else {
                        serveChannels(socket, protocol, ports, connector);
                    }
                });
    }

    /// Answers a request that tunnels SPDY in a WebSocket by joining it with `kubelet`, a
    /// connection that was upgraded with [PortForwardClient#spdyOffer()]: for kubelets without
    /// tunnels.
    public static Response untunnel(Request request, Duplex kubelet) {
        var answer =
                WebSockets.accept(
                        request,
                        List.of(TUNNEL),
                        (socket, protocol) -> Pipes.join(new WebSocketDuplex(socket), kubelet));
        if (!(answer instanceof Response.Upgrade)) {
            kubelet.close();
        }
        return answer;
    }

    /// Whether a request wants SPDY tunnelled in a WebSocket.
    public static boolean tunnelAsked(Request request) {
        return WebSockets.asked(request) && WebSockets.offered(request).contains(TUNNEL);
    }

    /// The ports in a query (`port` at the kubelet, `ports` at the API server), separate or with
    /// commas between them; throws [IllegalArgumentException] with the message for the user.
    public static List<Integer> ports(Query query, String name) {
        var values = query.all(name);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("query parameter \"" + name + "\" is required");
        }
        var ports = new ArrayList<Integer>();
        for (var value : values) {
            if (value.isEmpty()) {
                throw new IllegalArgumentException(
                        "query parameter \"" + name + "\" cannot be empty");
            }
            for (var port : value.split(",", -1)) {
                ports.add(port(port, value));
            }
        }
        return List.copyOf(ports);
    }

    static int port(String text, String whole) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 0xffff) {
            throw new IllegalArgumentException("unable to parse \"" + whole + "\" as a port");
        }
        var port = Integer.parseInt(text);
        if (port < 1) {
            throw new IllegalArgumentException("port \"" + whole + "\" must be > 0");
        }
        return port;
    }

    /// Two channels for each port, for data and for an error message; the first message on each is
    /// the port's number, the low byte first.
    private static void serveChannels(
            WebSocket socket, String protocol, List<Integer> ports, Connector connector)
            throws IOException {
        var readable =
                IntStream.range(0, ports.size())
                        .mapToObj(i -> 2 * i)
                        .collect(Collectors.toUnmodifiableSet());
        var channels = ChannelSocket.start(socket, protocol, 2 * ports.size(), readable);
        try (var pumps = new Pumps()) {
            for (var i = 0; i < 2 * ports.size(); i++) {
                var port = ports.get(i / 2);
                var prefix = new byte[] {(byte) (int) port, (byte) (port >> 8)};
                channels.send(i, prefix, 0, prefix.length);
            }
            for (var i = 0; i < ports.size(); i++) {
                var pair = new ChannelPair(channels, 2 * i);
                var port = ports.get(i);
                pumps.start("port-forward", () -> pair.forward(port, connector), channels::close);
            }
            pumps.join();
            channels.finish(Duration.ofSeconds(1));
        } finally {
            channels.close();
        }
    }

    /// The channels of one port; the data channel cannot be closed by itself.
    private record ChannelPair(ChannelSocket channels, int data) {

        void forward(int port, Connector connector) throws IOException {
            try (var target = connector.dial(port)) {
                channels.onEnd(target::close);
                Pipes.join(connection(), target);
            } catch (IOException failed) {
                var error = channels.output(data + 1);
                writeError(error, port, connector, failed);
            }
        }

        private Duplex connection() {
            return new Duplex() {
                @Override
                public InputStream input() {
                    return channels.input(data);
                }

                @Override
                public OutputStream output() {
                    return channels.output(data);
                }

                @Override
                public void close() {
                    try {
                        channels.input(data).close();
                    } catch (IOException impossible) {
                        channels.close();
                    }
                }
            };
        }
    }

    static void writeError(OutputStream error, int port, Connector connector, IOException failure)
            throws IOException {
        var text =
                "error forwarding port "
                        + port
                        + " to "
                        + connector.target()
                        + ": "
                        + failure.getMessage();
        error.write(text.getBytes(StandardCharsets.UTF_8));
        error.flush();
    }

    static final Set<String> STREAM_TYPES = Set.of("error", "data");
}
