package io.coxswain.bench.store;

import io.coxswain.base.Clock;
import io.coxswain.bench.DebianPackages;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Debian's etcd, one member in a process of its own, and puts through gRPC over a few connections,
/// as its own load generator makes them.
final class Etcd implements AutoCloseable {

    private static final int CONNECTIONS = 8;
    private static final Duration START_MAX = Duration.ofSeconds(20);

    private static final MethodDescriptor<byte[], byte[]> PUT =
            MethodDescriptor.<byte[], byte[]>newBuilder()
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName("etcdserverpb.KV/Put")
                    .setRequestMarshaller(new Raw())
                    .setResponseMarshaller(new Raw())
                    .build();

    private final Process process;
    private final int port;
    private final List<ManagedChannel> channels = new ArrayList<>();

    private Etcd(Process process, int port) {
        this.process = process;
        this.port = port;
        for (var i = 0; i < CONNECTIONS; i++) {
            channels.add(NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build());
        }
    }

    static Etcd start(Path directory) throws Exception {
        var program = DebianPackages.fetch("etcd-server").resolve("usr/bin/etcd");
        var client = freePort();
        var peer = freePort();
        var process =
                new ProcessBuilder(
                                program.toString(),
                                "--data-dir=" + directory,
                                "--listen-client-urls=http://127.0.0.1:" + client,
                                "--advertise-client-urls=http://127.0.0.1:" + client,
                                "--listen-peer-urls=http://127.0.0.1:" + peer,
                                "--initial-advertise-peer-urls=http://127.0.0.1:" + peer,
                                "--initial-cluster=default=http://127.0.0.1:" + peer,
                                "--log-level=error")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        var etcd = new Etcd(process, client);
        etcd.awaitReady();
        return etcd;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException {
        var end = Clock.SYSTEM.nanos() + START_MAX.toNanos();
        while (true) {
            try {
                put(0, "ready", new byte[1]);
                return;
            } catch (RuntimeException notYet) {
                if (Clock.SYSTEM.nanos() > end || !process.isAlive()) {
                    throw new IOException("etcd did not start", notYet);
                }
                Clock.SYSTEM.pause(Duration.ofMillis(50));
            }
        }
    }

    URI server() {
        return URI.create("http://127.0.0.1:" + port);
    }

    void put(int writer, String key, byte[] value) {
        ClientCalls.blockingUnaryCall(
                channels.get(writer % CONNECTIONS),
                PUT,
                CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS),
                request(key.getBytes(StandardCharsets.UTF_8), value));
    }

    /// `PutRequest`: field 1 is the key, field 2 the value.
    private static byte[] request(byte[] key, byte[] value) {
        var out = new ByteArrayOutputStream(key.length + value.length + 8);
        field(out, 1, key);
        field(out, 2, value);
        return out.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, int number, byte[] bytes) {
        out.write((number << 3) | 2);
        var rest = bytes.length;
        for (; rest > 0x7F; rest >>>= 7) {
            out.write((rest & 0x7F) | 0x80);
        }
        out.write(rest);
        out.writeBytes(bytes);
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Messages stay the bytes they are.
    private static final class Raw implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] bytes) {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public byte[] parse(InputStream in) {
            try {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
