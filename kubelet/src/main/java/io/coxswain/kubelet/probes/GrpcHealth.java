package io.coxswain.kubelet.probes;

import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Asks a gRPC server by the standard health protocol. Its two messages are so small that they are
/// written and read here byte by byte.
final class GrpcHealth {

    private static final int SERVICE_TAG = 0x0a;
    private static final int STATUS_TAG = 0x08;
    private static final int SERVING = 1;
    private static final MethodDescriptor<byte[], byte[]> CHECK =
            MethodDescriptor.newBuilder(new Raw(), new Raw())
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName("grpc.health.v1.Health/Check")
                    .build();

    private GrpcHealth() {}

    static ProbeOutcome check(String host, int port, String service, Duration timeout) {
        var channel =
                NettyChannelBuilder.forAddress(host, port)
                        .usePlaintext()
                        .userAgent("kube-probe/1.36")
                        .build();
        try {
            var options =
                    CallOptions.DEFAULT.withDeadlineAfter(
                            timeout.toMillis(), TimeUnit.MILLISECONDS);
            var reply = ClientCalls.blockingUnaryCall(channel, CHECK, options, request(service));
            return serving(reply)
                    ? ProbeOutcome.success("service healthy")
                    : ProbeOutcome.failure("service unhealthy (responded with \"NOT_SERVING\")");
        } catch (StatusRuntimeException e) {
            return ProbeOutcome.failure(failure(host + ":" + port, e));
        } finally {
            channel.shutdownNow();
        }
    }

    private static String failure(String address, StatusRuntimeException e) {
        if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
            return "error: this server does not implement the grpc health protocol"
                    + " (grpc.health.v1.Health): "
                    + e.getMessage();
        }
        if (e.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED) {
            return "timeout: failed to connect service \"" + address + "\" within 1s";
        }
        return "error: health rpc probe failed: " + e.getMessage();
    }

    private static byte[] request(String service) {
        var out = new ByteArrayOutputStream();
        var name = service.getBytes(StandardCharsets.UTF_8);
        if (name.length > 0) {
            out.write(SERVICE_TAG);
            var length = name.length;
            for (; length > 0x7f; length >>>= 7) {
                out.write((length & 0x7f) | 0x80);
            }
            out.write(length);
            out.writeBytes(name);
        }
        return out.toByteArray();
    }

    private static boolean serving(byte[] reply) {
        return reply.length >= 2 && reply[0] == STATUS_TAG && reply[1] == SERVING;
    }

    /// Messages as they are.
    private static final class Raw implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
