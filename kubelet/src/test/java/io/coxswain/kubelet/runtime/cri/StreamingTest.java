package io.coxswain.kubelet.runtime.cri;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.http.ClientOptions;
import io.coxswain.http.HttpClient;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import io.coxswain.http.Upgrade;
import io.coxswain.http.stream.UpgradeOffer;
import io.coxswain.http.stream.command.RemoteCommandClient;
import io.coxswain.http.stream.command.RemoteCommandOptions;
import io.coxswain.http.stream.command.TerminalSize;
import io.coxswain.http.stream.forward.PortForwardClient;
import io.coxswain.kubelet.image.NodeImages;
import io.coxswain.kubelet.node.RealNode;
import io.coxswain.kubelet.runtime.ContainerConfig;
import io.coxswain.kubelet.runtime.ContainerRuntime.StreamRequest;
import io.coxswain.kubelet.runtime.PodIdentity;
import io.coxswain.kubelet.runtime.SandboxConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Exec and port forwarding against the streaming server of a containerd of this machine.
@Tag("real")
@Timeout(60)
class StreamingTest {

    private static @Nullable RealNode node;
    private static String sandbox = "";
    private static String container = "";

    @BeforeAll
    static void start() {
        var real = new RealNode("coxstr0", "10.244.202.0/24");
        node = real;
        var uid = UUID.randomUUID().toString();
        var config =
                SandboxConfig.of(new PodIdentity("stream", "default", uid, 0))
                        .loggingTo(real.home.resolve("logs/default_stream_" + uid).toString());
        sandbox = real.runtime.runSandbox(config, null);
        var serving = "mkdir /w; head -c 2000000 /dev/urandom > /w/d; exec httpd -f -p 8080 -h /w";
        container =
                real.runtime.createContainer(
                        sandbox,
                        ContainerConfig.of(
                                "main", NodeImages.BUSYBOX, List.of("sh", "-c", serving)),
                        config);
        real.runtime.start(container);
    }

    @AfterAll
    static void stop() {
        var real = node();
        real.runtime.stopSandbox(sandbox);
        real.runtime.removeSandbox(sandbox);
        real.close();
    }

    private static RealNode node() {
        if (node == null) {
            throw new IllegalStateException("not started");
        }
        return node;
    }

    private static Upgrade.Accepted upgrade(URI uri, UpgradeOffer offer) {
        var base = URI.create("http://" + uri.getHost() + ":" + uri.getPort());
        var request =
                Request.get(uri.getPath())
                        .withQuery(Query.parse(uri.getRawQuery()))
                        .withHeaders(offer.headers());
        var client = HttpClient.to(base, ClientOptions.DEFAULT);
        return (Upgrade.Accepted) client.upgrade(request);
    }

    private static URI execUri(RemoteCommandOptions options, String... command) {
        var streams =
                new StreamRequest(
                        container,
                        options.tty(),
                        options.stdin(),
                        options.stdout(),
                        options.stderr());
        return node().runtime.exec(streams, List.of(command));
    }

    private static RemoteCommandClient exec(RemoteCommandOptions options, String... command)
            throws Exception {
        var offer = RemoteCommandClient.spdyOffer();
        var answer = upgrade(execUri(options, command), offer);
        return RemoteCommandClient.overSpdy(
                answer.connection(), offer.protocol(answer.headers()), options);
    }

    @Test
    void aCommandHasOutputAndAnExitCode() throws Exception {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var options = new RemoteCommandOptions(false, true, true, false);
        try (var command = exec(options, "sh", "-c", "echo out; echo err >&2; exit 3")) {
            var status = command.run(InputStream.nullInputStream(), out, err, () -> null);

            assertThat(status.code()).as("%s", status).isEqualTo(3);
        }
        assertThat(out).hasToString("out\n");
        assertThat(err).hasToString("err\n");
    }

    @Test
    void theRuntimeChoosesTheWebSocketProtocolItKnows() throws Exception {
        var offer = RemoteCommandClient.webSocketOffer();
        var options = new RemoteCommandOptions(false, true, true, false);
        var answer = upgrade(execUri(options, "sh", "-c", "echo out; exit 4"), offer);
        var protocol = offer.protocol(answer.headers());

        assertThat(protocol).isEqualTo("v4.channel.k8s.io");
        try (var command = RemoteCommandClient.overWebSocket(answer.connection(), protocol)) {
            assertThat(command.stdout().readAllBytes()).asString(UTF_8).isEqualTo("out\n");
            assertThat(command.exit().code()).isEqualTo(4);
        }
    }

    @Test
    void muchStdinComesBackAndItsEndEndsTheCommand() throws Exception {
        var data = new byte[3_000_000];
        new Random(1).nextBytes(data);
        var out = new ByteArrayOutputStream();
        var options = new RemoteCommandOptions(true, true, true, false);
        try (var command = exec(options, "cat")) {
            var in = new ByteArrayInputStream(data);
            var status = command.run(in, out, new ByteArrayOutputStream(), () -> null);

            assertThat(status.code()).as("%s", status).isEqualTo(0);
        }
        assertThat(Arrays.equals(out.toByteArray(), data)).isTrue();
    }

    @Test
    void aTerminalIsResized() throws Exception {
        var options = new RemoteCommandOptions(true, true, false, true);
        try (var command = exec(options, "sh")) {
            command.resize(new TerminalSize(133, 47));
            command.stdin().write("sleep 0.3; stty size; exit 5\n".getBytes(UTF_8));
            var text = new String(command.stdout().readAllBytes(), UTF_8);

            assertThat(text).contains("47 133");
            assertThat(command.exit().code()).isEqualTo(5);
        }
    }

    @Test
    void aPortIsForwarded() throws Exception {
        var offer = PortForwardClient.spdyOffer();
        var answer = upgrade(node().runtime.portForward(sandbox, List.of(8080)), offer);
        try (var client = PortForwardClient.overSpdy(answer.connection())) {
            var connection = client.dial(8080);
            connection.output().write("GET /d HTTP/1.0\r\n\r\n".getBytes(UTF_8));
            var reply = connection.input().readAllBytes();

            assertThat(reply.length).isGreaterThan(2_000_000);
            connection.close();
            assertThat(client.dial(9).failure()).contains("refused");
        }
    }
}
