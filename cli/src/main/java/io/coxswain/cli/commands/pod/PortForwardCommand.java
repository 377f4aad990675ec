package io.coxswain.cli.commands.pod;

import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.Session;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.resource.Targets;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Request;
import io.coxswain.http.stream.forward.PortForwardClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// `port-forward`: makes ports of a pod reachable here.
public final class PortForwardCommand {

    public static final Command COMMAND =
            Command.of(
                    "port-forward TYPE/NAME [options] [LOCAL_PORT:]REMOTE_PORT"
                            + " [...[LOCAL_PORT_N:]REMOTE_PORT_N]",
                    "Forward one or more local ports to a pod",
                    Flags.class,
                    PortForwardCommand::run);

    public record Flags(
            GlobalFlags global,
            @Flag(value = "Addresses to listen on (comma separated).", def = "localhost")
                    List<String> address,
            @Flag(value = "The length of time to wait for a running pod", def = "1m0s")
                    String podRunningTimeout)
            implements GlobalFlags.Holder {}

    private record Ports(int local, int remote) {}

    private PortForwardCommand() {}

    private static int run(Call<Flags> call) throws IOException {
        var session = call.session();
        if (call.arguments().size() < 2) {
            throw CliError.usage(
                    "port-forward", "TYPE/NAME and list of ports are required for port-forward");
        }
        var pod = new PodChoice(session, "attach to").pods(call.argument(0)).getFirst();
        var ports = new ArrayList<Ports>();
        for (var word : call.arguments().subList(1, call.arguments().size())) {
            ports.add(ports(session, call.argument(0), pod, word));
        }
        var phase = Trees.text(pod.object(), "status.phase");
        if (!phase.equals("Running")) {
            throw new CliError(
                    "unable to forward port because pod is not running. Current status=" + phase);
        }
        var offer = PortForwardClient.webSocketOffer();
        var request = Request.get(pod.path() + "/portforward").withHeaders(offer.headers());
        var accepted = session.server().upgrade(request);
        offer.protocol(accepted.headers());
        var over = new CountDownLatch(1);
        try (var client = PortForwardClient.overWebSocket(accepted.connection())) {
            client.onEnd(over::countDown);
            for (var pair : ports) {
                listen(session, client, pair, call.flags().address());
            }
            over.await();
            throw new CliError("lost connection to pod");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /// `8080:80`, `80`, `:80`, where 80 may be a name or a Service's port.
    private static Ports ports(Session session, String word, Target pod, String text) {
        var colon = text.indexOf(':');
        var remote = remote(session, word, pod, text.substring(colon + 1));
        var local = colon < 0 ? text : text.substring(0, colon);
        if (local.isEmpty()) {
            return new Ports(0, remote);
        }
        return new Ports(local.matches("\\d+") ? Integer.parseInt(local) : remote, remote);
    }

    private static int remote(Session session, String word, Target pod, String port) {
        var name = port;
        if (word.startsWith("svc/")
                || word.startsWith("service/")
                || word.startsWith("services/")) {
            var targets = new Targets(session);
            var service = targets.fetch(targets.named(List.of(word)).getFirst());
            name = targetPort(service, port);
        }
        if (name.matches("\\d+")) {
            return Integer.parseInt(name);
        }
        for (var container : Trees.objects(pod.object(), "spec.containers")) {
            for (var known : Trees.objects(container, "ports")) {
                if (known.text("name").equals(name)) {
                    return (int) Trees.number(known, "containerPort", 0);
                }
            }
        }
        throw new CliError("Pod '" + pod.name() + "' does not have a named port '" + name + "'");
    }

    private static String targetPort(Target service, String port) {
        for (var known : Trees.objects(service.object(), "spec.ports")) {
            if (Trees.text(known, "port").equals(port) || known.text("name").equals(port)) {
                return Trees.text(known, "targetPort");
            }
        }
        throw new CliError(
                port.matches("\\d+")
                        ? "Service " + service.name() + " does not have a service port " + port
                        : "Service '"
                                + service.name()
                                + "' does not have a named port '"
                                + port
                                + "'");
    }

    private static void listen(
            Session session, PortForwardClient client, Ports ports, List<String> addresses)
            throws IOException {
        var hosts = new ArrayList<String>();
        for (var address : addresses) {
            for (var one : address.split(",")) {
                hosts.addAll(one.equals("localhost") ? List.of("127.0.0.1", "::1") : List.of(one));
            }
        }
        var bound = 0;
        var local = ports.local();
        for (var host : hosts) {
            var socket = new ServerSocket();
            try {
                socket.bind(new InetSocketAddress(InetAddress.getByName(host), local));
            } catch (IOException taken) {
                socket.close();
                session.err()
                        .println(
                                "Unable to listen on port "
                                        + local
                                        + ": Listeners failed to create with the following errors:"
                                        + " ["
                                        + taken.getMessage()
                                        + "]");
                continue;
            }
            bound++;
            local = socket.getLocalPort();
            var shown = host.contains(":") ? "[" + host + "]" : host;
            session.out()
                    .println("Forwarding from " + shown + ":" + local + " -> " + ports.remote());
            Thread.ofVirtual().start(() -> accept(session, client, socket, ports.remote()));
        }
        session.out().flush();
        if (bound == 0) {
            throw new CliError(
                    "unable to listen on any of the requested ports: [{"
                            + ports.local()
                            + " "
                            + ports.remote()
                            + "}]");
        }
    }

    private static void accept(
            Session session, PortForwardClient client, ServerSocket listener, int remote) {
        try (listener) {
            while (true) {
                var socket = listener.accept();
                session.out().println("Handling connection for " + listener.getLocalPort());
                session.out().flush();
                Thread.ofVirtual().start(() -> forward(session, client, socket, remote));
            }
        } catch (IOException over) {
            session.err().println("error: " + over.getMessage());
        }
    }

    private static void forward(
            Session session, PortForwardClient client, Socket socket, int remote) {
        try (socket;
                var connection = client.dial(remote)) {
            var up = Thread.ofVirtual().start(() -> send(socket, connection));
            copy(connection, socket);
            socket.shutdownOutput();
            up.join();
            var failure = connection.failure();
            if (failure != null) {
                session.err().println("an error occurred forwarding: " + failure);
            }
        } catch (IOException e) {
            session.err().println("error: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(Socket socket, PortForwardClient.Connection connection) {
        try {
            socket.getInputStream().transferTo(connection.output());
            connection.output().flush();
            connection.closeOutput();
        } catch (IOException gone) {
            connection.close();
        }
    }

    private static void copy(PortForwardClient.Connection connection, Socket socket)
            throws IOException {
        var buffer = new byte[32 * 1024];
        var in = connection.input();
        for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            socket.getOutputStream().write(buffer, 0, count);
        }
    }
}
