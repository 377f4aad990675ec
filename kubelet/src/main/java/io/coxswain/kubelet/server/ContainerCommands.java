package io.coxswain.kubelet.server;

import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.http.stream.command.CommandBridge;
import io.coxswain.http.stream.command.CommandStreams;
import io.coxswain.http.stream.command.ExitStatus;
import io.coxswain.http.stream.command.RemoteCommandOptions;
import io.coxswain.http.stream.command.RemoteCommandServer;
import io.coxswain.http.stream.forward.PortForwardServer;
import io.coxswain.kubelet.runtime.ContainerRuntime;
import io.coxswain.kubelet.runtime.ContainerRuntime.StreamRequest;
import io.coxswain.kubelet.runtime.ContainerRuntimeException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// Runs commands in containers, attaches to them, and forwards to ports of pods: joins the client
/// with the container runtime.
public final class ContainerCommands {

    private static final Duration RUN_MAX = Duration.ofMinutes(2);

    private final ContainerRuntime runtime;

    public ContainerCommands(ContainerRuntime runtime) {
        this.runtime = runtime;
    }

    Response exec(Request request, ContainerTarget target) {
        var options = RemoteCommandOptions.of(request.query());
        var streams = streams(target.running().id(), options);
        var command = request.query().all("command");
        return bridge(request, options, () -> runtime.exec(streams, command));
    }

    Response attach(Request request, ContainerTarget target) {
        var options = RemoteCommandOptions.of(request.query());
        var streams = streams(target.running().id(), options);
        return bridge(request, options, () -> runtime.attach(streams));
    }

    /// Runs a command to its end and answers its output.
    Response run(Request request, ContainerTarget target) {
        var command = List.of(String.valueOf(request.query().first("cmd")).split(" "));
        var result = runtime.execSync(target.running().id(), command, RUN_MAX);
        return Response.text(200, result.output());
    }

    Response portForward(Request request, ContainerTarget target) {
        var sandbox = target.state().activeSandbox();
        if (sandbox == null) {
            throw new NodeServerException(404, "pod does not exist");
        }
        var id = sandbox.sandbox().id();
        var pod = target.pod();
        var ports = ports(request);
        return PortForwardServer.negotiate(
                request,
                ports,
                PortForwardServer.Connector.of(
                        "pod " + pod.name() + ", uid " + pod.uid(),
                        port -> new Forward(runtime, id).dial(port)));
    }

    /// Only channels in a WebSocket need to know the ports beforehand.
    private static List<Integer> ports(Request request) {
        var webSocket = "websocket".equalsIgnoreCase(request.header("upgrade"));
        var asked = webSocket && !PortForwardServer.tunnelAsked(request);
        return asked ? PortForwardServer.ports(request.query(), "port") : List.of();
    }

    private static StreamRequest streams(String id, RemoteCommandOptions options) {
        return new StreamRequest(
                id, options.tty(), options.stdin(), options.stdout(), options.stderr());
    }

    private static Response bridge(
            Request request, RemoteCommandOptions options, Supplier<URI> url) {
        return RemoteCommandServer.negotiate(
                request, options, streams -> connect(streams, options, url));
    }

    private static void connect(
            CommandStreams streams, RemoteCommandOptions options, Supplier<URI> url) {
        try (var command = RuntimeStreams.command(url.get(), options)) {
            CommandBridge.copy(streams, command);
        } catch (IOException | ContainerRuntimeException e) {
            streams.finish(ExitStatus.failed(String.valueOf(e.getMessage())));
        }
    }
}
