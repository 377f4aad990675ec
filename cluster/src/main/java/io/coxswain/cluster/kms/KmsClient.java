package io.coxswain.cluster.kms;

import io.coxswain.apiserver.encryption.KmsPlugin;
import io.coxswain.apiserver.encryption.Wire;
import io.coxswain.kubelet.runtime.cri.CriChannel;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Speaks to a KMS plugin. The three calls of its protocol are small enough to be written by hand.
public final class KmsClient implements KmsPlugin {

    static final String SERVICE = "v2.KeyManagementService";
    static final MethodDescriptor<byte[], byte[]> STATUS = method("Status");
    static final MethodDescriptor<byte[], byte[]> ENCRYPT = method("Encrypt");
    static final MethodDescriptor<byte[], byte[]> DECRYPT = method("Decrypt");

    private final CriChannel channel;
    private final Duration timeout;

    private KmsClient(CriChannel channel, Duration timeout) {
        this.channel = channel;
        this.timeout = timeout;
    }

    public static KmsClient connect(String socket, Duration timeout) {
        return new KmsClient(CriChannel.open(Path.of(socket)), timeout);
    }

    private static MethodDescriptor<byte[], byte[]> method(String name) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
                .setRequestMarshaller(new Messages())
                .setResponseMarshaller(new Messages())
                .build();
    }

    /// Messages as they are on the wire.
    private static final class Messages implements MethodDescriptor.Marshaller<byte[]> {

        private static final int BYTES_MAX = 4 << 20;

        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readNBytes(BYTES_MAX);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public Health status() {
        var answer = call(STATUS, new Wire.Writer());
        return new Health(answer.text(1), answer.text(2), answer.text(3));
    }

    @Override
    public Sealed encrypt(String uid, byte[] plaintext) {
        var answer = call(ENCRYPT, new Wire.Writer().bytes(1, plaintext).text(2, uid));
        return new Sealed(answer.bytes(1), answer.text(2), answer.map(3));
    }

    @Override
    public byte[] decrypt(String uid, Sealed sealed) {
        var question =
                new Wire.Writer()
                        .bytes(1, sealed.ciphertext())
                        .text(2, uid)
                        .text(3, sealed.keyId())
                        .map(4, sealed.annotations());
        return call(DECRYPT, question).bytes(1);
    }

    private Wire call(MethodDescriptor<byte[], byte[]> method, Wire.Writer question) {
        var options =
                CallOptions.DEFAULT.withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return Wire.read(
                    ClientCalls.blockingUnaryCall(
                            channel.grpc(), method, options, question.done()));
        } catch (StatusRuntimeException e) {
            var status = e.getStatus();
            throw new Unavailable(
                    "rpc error: code = " + status.getCode() + " desc = " + status.getDescription());
        } catch (IllegalArgumentException e) {
            throw new Unavailable("the answer makes no sense: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        channel.close();
    }
}
