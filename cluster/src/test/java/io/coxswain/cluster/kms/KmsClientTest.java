package io.coxswain.cluster.kms;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.apiserver.User;
import io.coxswain.apiserver.admission.AdmissionSettings;
import io.coxswain.apiserver.encryption.KmsPlugin;
import io.coxswain.apiserver.encryption.Wire;
import io.coxswain.base.Clock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.cluster.ControlPlane;
import io.coxswain.cluster.Planes;
import io.coxswain.cluster.Protection;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.grpc.Server;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A key service behind a Unix socket, and a control plane that keeps its Secrets with it.
@Timeout(60)
class KmsClientTest {

    private static final String SECRETS = "/api/v1/namespaces/default/secrets";
    private static final String CANARY = "Y29ycmVjdCBob3JzZSBiYXR0ZXJ5IHN0YXBsZQ==";

    private final MultiThreadIoEventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    @TempDir Path directory;
    private Path socket = Path.of("");
    private volatile String keyId = "1";

    @BeforeEach
    void name() {
        socket = directory.resolve("k.sock");
    }

    @AfterEach
    void stop() {
        var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private Server plugin() throws IOException {
        var service =
                ServerServiceDefinition.builder(KmsClient.SERVICE)
                        .addMethod(KmsClient.STATUS, answer(request -> status()))
                        .addMethod(
                                KmsClient.ENCRYPT,
                                answer(request ->
                                        new Wire.Writer()
                                                .bytes(1, turned(Wire.read(request).bytes(1)))
                                                .text(2, keyId)
                                                .map(3, Map.of("a.example", new byte[] {7}))
                                                .done()))
                        .addMethod(KmsClient.DECRYPT, answer(this::decrypted))
                        .build();
        return serve(service);
    }

    private Server serve(ServerServiceDefinition service) throws IOException {
        return NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(socket))
                .channelType(NioServerDomainSocketChannel.class)
                .withChildOption(ChannelOption.SO_KEEPALIVE, null)
                .bossEventLoopGroup(loop)
                .workerEventLoopGroup(loop)
                .directExecutor()
                .addService(service)
                .build()
                .start();
    }

    private byte[] status() {
        return new Wire.Writer().text(1, "v2").text(2, "ok").text(3, keyId).done();
    }

    private byte[] decrypted(byte[] request) {
        var question = Wire.read(request);
        assertThat(question.map(4).get("a.example")).containsExactly(7);
        assertThat(question.text(2)).isNotEmpty();
        return new Wire.Writer().bytes(1, turned(question.bytes(1))).done();
    }

    private static ServerCallHandler<byte[], byte[]> answer(UnaryOperator<byte[]> behaviour) {
        return ServerCalls.asyncUnaryCall((request, observer) -> {
            observer.onNext(behaviour.apply(request));
            observer.onCompleted();
        });
    }

    private static byte[] turned(byte[] bytes) {
        var turned = new byte[bytes.length];
        for (var i = 0; i < bytes.length; i++) {
            turned[i] = (byte) ~bytes[i];
        }
        return turned;
    }

    @Test
    void theThreeCallsOfTheProtocol() throws IOException {
        var plugin = plugin();
        try (var client = KmsClient.connect(socket.toString(), Duration.ofSeconds(5))) {
            var sealed = client.encrypt("u", "seed".getBytes(UTF_8));

            assertThat(client.status()).isEqualTo(new KmsPlugin.Health("v2", "ok", "1"));
            assertThat(sealed.keyId()).isEqualTo("1");
            assertThat(client.decrypt("u", sealed)).isEqualTo("seed".getBytes(UTF_8));
        } finally {
            plugin.shutdownNow();
        }
    }

    @Test
    void aServiceThatIsNotThereIsUnavailable() {
        try (var client = KmsClient.connect(socket.toString(), Duration.ofSeconds(2))) {
            assertThatThrownBy(client::status)
                    .isInstanceOf(KmsPlugin.Unavailable.class)
                    .hasMessageStartingWith("rpc error: code = UNAVAILABLE");
        }
    }

    /// What hangs up, talks nonsense or says nothing at all.
    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\n\r\n", "hangs"})
    void aServiceThatMakesNoSenseIsUnavailableInTime(String words) throws Exception {
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                var client = KmsClient.connect(socket.toString(), Duration.ofMillis(500))) {
            server.bind(UnixDomainSocketAddress.of(socket));
            var speaker = Thread.ofVirtual().start(() -> speak(server, words));

            assertThatThrownBy(() -> client.encrypt("u", new byte[] {1}))
                    .isInstanceOf(KmsPlugin.Unavailable.class);
            speaker.interrupt();
            speaker.join();
        }
    }

    private static void speak(ServerSocketChannel server, String words) {
        try (var connection = server.accept()) {
            if (words.equals("hangs")) {
                connection.read(ByteBuffer.allocate(1 << 20));
                connection.read(ByteBuffer.allocate(1 << 20));
            }
            connection.write(ByteBuffer.wrap(words.getBytes(UTF_8)));
        } catch (IOException gone) {
            return; // The client hung up first.
        }
    }

    @Test
    void anAnswerThatIsTooLongIsNotRead() throws IOException {
        var flood =
                ServerServiceDefinition.builder(KmsClient.SERVICE)
                        .addMethod(KmsClient.STATUS, answer(request -> new byte[64 << 20]))
                        .build();
        var plugin = serve(flood);
        try (var client = KmsClient.connect(socket.toString(), Duration.ofSeconds(5))) {
            assertThatThrownBy(client::status)
                    .isInstanceOf(KmsPlugin.Unavailable.class)
                    .hasMessageContaining("RESOURCE_EXHAUSTED");
        } finally {
            plugin.shutdownNow();
        }
    }

    @Test
    void aClusterKeepsItsSecretsWithTheServiceAndMovesThemToItsNextKey() throws IOException {
        var plugin = plugin();
        var config = directory.resolve("encryption.yaml");
        Files.writeString(
                config,
                """
                apiVersion: apiserver.config.k8s.io/v1
                kind: EncryptionConfiguration
                resources:
                - resources: [secrets]
                  providers:
                  - kms: {apiVersion: v2, name: test, endpoint: "unix://%s"}
                  - identity: {}
                """
                        .formatted(socket));
        var data = directory.resolve("data");
        var protection = new Protection(config, true, AdmissionSettings.DEFAULT);
        String first;
        try (var loops = new ThreadLoops(Clock.SYSTEM);
                var plane = Planes.start(data, loops, protection)) {
            first = send(plane, "POST", SECRETS, secret(""));
            assertThat(first).contains(CANARY);
            assertThat(onDisk(data)).doesNotContain(CANARY).contains("k8s:enc:kms:v2:test:");
            assertThat(revision(send(plane, "PUT", SECRETS + "/a", secret(""))))
                    .isEqualTo(revision(first));
        }
        keyId = "2";
        try (var loops = new ThreadLoops(Clock.SYSTEM);
                var plane = Planes.start(data, loops, protection)) {
            // Nothing changes but the key that it is kept under.
            var moved = send(plane, "PUT", SECRETS + "/a", secret(""));

            assertThat(moved).contains(CANARY);
            assertThat(revision(moved)).isNotEqualTo(revision(first));
            assertThat(revision(send(plane, "PUT", SECRETS + "/a", secret(""))))
                    .isEqualTo(revision(moved));
        } finally {
            plugin.shutdownNow();
        }
    }

    private static String secret(String rest) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"a\""
                + rest
                + "},\"data\":{\"k\":\""
                + CANARY
                + "\"}}";
    }

    private static String revision(String object) {
        return object.replaceAll("(?s).*\"resourceVersion\":\"(\\d+)\".*", "$1");
    }

    private static String send(ControlPlane plane, String method, String path, String body) {
        var request = Request.of(method, path).withBody("application/json", Payload.of(body));
        var client = plane.client(User.of("admin", User.MASTERS), "test");
        return ((Response.Full) client.send(request)).body().text();
    }

    private static String onDisk(Path data) throws IOException {
        var all = new StringBuilder();
        try (var files = Files.walk(data.resolve("store"))) {
            for (var one : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(one), ISO_8859_1));
            }
        }
        return all.toString();
    }
}
