package io.coxswain.kubelet.runtime.cri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.base.Clock;
import io.coxswain.kubelet.node.RealNode;
import io.coxswain.kubelet.runtime.ContainerRuntimeException;
import io.coxswain.kubelet.runtime.ContainerRuntimeException.Reason;
import io.coxswain.kubelet.runtime.cri.v1.Cri;
import io.coxswain.kubelet.runtime.cri.v1.RuntimeServiceGrpc;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconnectTest {

    /// A runtime that knows its version and never ends a command.
    private static final class Stub extends RuntimeServiceGrpc.RuntimeServiceImplBase {
        @Override
        public void version(Cri.VersionRequest request, StreamObserver<Cri.VersionResponse> reply) {
            reply.onNext(
                    Cri.VersionResponse.newBuilder()
                            .setRuntimeName("stub")
                            .setRuntimeVersion("2.0.0")
                            .build());
            reply.onCompleted();
        }

        @Override
        public void execSync(
                Cri.ExecSyncRequest request, StreamObserver<Cri.ExecSyncResponse> reply) {}
    }

    /// Without the reset, gRPC would try again only a second later.
    @Tag("real")
    @Test
    void aRuntimeThatComesBackIsFoundAtOnce(@TempDir Path folder) throws Exception {
        var socket = folder.resolve("cri.sock");
        try (var runtime = CriRuntime.at(socket)) {
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(runtime::version)
                        .isInstanceOfSatisfying(
                                ContainerRuntimeException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
            }
            var server = serve(socket);
            try {
                var before = Clock.SYSTEM.nanos();
                RealNode.await(() -> answers(runtime));
                assertThat(Duration.ofNanos(Clock.SYSTEM.nanos() - before))
                        .isLessThan(Duration.ofMillis(500));
                assertThat(runtime.version().url()).isEqualTo("stub://2.0.0");
            } finally {
                server.shutdownNow().awaitTermination();
            }
        }
    }

    @Test
    void aCommandWhoseRuntimeNeverAnswersStillMissesItsDeadline(@TempDir Path folder)
            throws Exception {
        var socket = folder.resolve("cri.sock");
        var server = serve(socket);
        try (var runtime = CriRuntime.at(socket)) {
            assertThatThrownBy(() -> runtime.execSync("c", List.of("x"), Duration.ofMillis(100)))
                    .extracting("reason")
                    .isEqualTo(Reason.DEADLINE);
            assertThat(runtime.cgroupDriver()).isEqualTo(CriRuntime.CgroupDriver.CGROUPFS);
        } finally {
            server.shutdownNow().awaitTermination();
        }
    }

    private static boolean answers(CriRuntime runtime) {
        try {
            return !runtime.version().name().isEmpty();
        } catch (ContainerRuntimeException e) {
            return false;
        }
    }

    private static Server serve(Path socket) throws Exception {
        var loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        return NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(socket))
                .channelType(NioServerDomainSocketChannel.class)
                .withChildOption(ChannelOption.SO_KEEPALIVE, null)
                .bossEventLoopGroup(loops)
                .workerEventLoopGroup(loops)
                .addService(new Stub())
                .build()
                .start();
    }
}
