package io.coxswain.kubelet.probes;

import io.coxswain.api.core.Probe;
import io.coxswain.api.core.Probe.HTTPGetAction;
import io.coxswain.kubelet.runtime.ContainerRuntime;
import io.coxswain.kubelet.runtime.ContainerRuntimeException;
import io.coxswain.kubelet.runtime.ContainerRuntimeException.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Probes containers from this node: by command, HTTP, TCP or gRPC.
public final class NodeProber implements Prober {

    private static final int OUTPUT_MAX = 10 * 1024;

    private final ContainerRuntime runtime;

    public NodeProber(ContainerRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public ProbeOutcome probe(ProbeTarget target, Probe probe, Duration timeout) {
        try {
            if (probe.exec() != null) {
                return exec(target, probe.exec().command(), timeout);
            }
            if (probe.httpGet() != null) {
                return http(target, probe.httpGet(), timeout);
            }
            var tcp = probe.tcpSocket();
            if (tcp != null) {
                var host = tcp.host().isEmpty() ? target.podIp() : tcp.host();
                return connect(host, target.port(tcp.port()), timeout);
            }
            var grpc = probe.grpc();
            if (grpc != null) {
                var service = grpc.service();
                return GrpcHealth.check(
                        target.podIp(), grpc.port(), service == null ? "" : service, timeout);
            }
        } catch (IllegalArgumentException e) {
            return ProbeOutcome.error(String.valueOf(e.getMessage()));
        }
        return ProbeOutcome.error("missing probe handler for " + target.container().name());
    }

    private ProbeOutcome exec(ProbeTarget target, List<String> command, Duration timeout) {
        try {
            var result = runtime.execSync(target.containerId(), command, timeout);
            var output = result.output();
            var shown = output.length() > OUTPUT_MAX ? output.substring(0, OUTPUT_MAX) : output;
            return result.exitCode() == 0
                    ? ProbeOutcome.success(shown)
                    : ProbeOutcome.failure(shown);
        } catch (ContainerRuntimeException e) {
            if (e.is(Reason.DEADLINE)) {
                return ProbeOutcome.failure(
                        "command timed out: \""
                                + String.join(" ", command)
                                + "\" timed out after "
                                + timeout.toSeconds()
                                + "s");
            }
            return ProbeOutcome.error(String.valueOf(e.getMessage()));
        }
    }

    private static ProbeOutcome http(ProbeTarget target, HTTPGetAction get, Duration timeout) {
        var call = call(target, get);
        try {
            var reply = call.get(timeout);
            if (reply.status() >= 300 && reply.status() < 400) {
                return new ProbeOutcome(
                        ProbeOutcome.Kind.WARNING,
                        "Probe terminated redirects, Response body: " + reply.body());
            }
            return reply.status() >= 200 && reply.status() < 300
                    ? ProbeOutcome.success(reply.body())
                    : ProbeOutcome.failure("HTTP probe failed with statuscode: " + reply.status());
        } catch (IOException e) {
            return ProbeOutcome.failure("Get \"" + call.url() + "\": " + e.getMessage());
        }
    }

    /// The request that an `httpGet` describes, for probes and hooks.
    public static PlainHttp call(ProbeTarget target, HTTPGetAction get) {
        var host = get.host().isEmpty() ? target.podIp() : get.host();
        var secure = get.scheme().toUpperCase(Locale.ROOT).equals("HTTPS");
        var path = get.path().isEmpty() ? "/" : get.path();
        return new PlainHttp(
                secure,
                host,
                target.port(get.port()),
                path.startsWith("/") ? path : "/" + path,
                get.httpHeaders());
    }

    private static ProbeOutcome connect(String host, int port, Duration timeout) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) timeout.toMillis());
            return ProbeOutcome.success("");
        } catch (IOException e) {
            return ProbeOutcome.failure(PlainHttp.dialError(host, port, e));
        }
    }
}
