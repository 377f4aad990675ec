package io.coxswain.kubelet.runtime.cri;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A gRPC connection over a Unix socket, on one daemon thread of its own.
public record CriChannel(ManagedChannel managed, EventLoopGroup loop) implements AutoCloseable {

    /// A node with many images and pods answers lists of some megabytes; the runtimes cap at 16.
    private static final int MESSAGE_BYTES_MAX = 16 << 20;

    public static CriChannel open(Path socket) {
        var loop =
                new MultiThreadIoEventLoopGroup(
                        1, new DefaultThreadFactory("cri", true), NioIoHandler.newFactory());
        var channel =
                NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(socket))
                        .eventLoopGroup(loop)
                        .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
                        .withOption(ChannelOption.SO_KEEPALIVE, null)
                        .overrideAuthority("localhost")
                        .usePlaintext()
                        .directExecutor()
                        .maxInboundMessageSize(MESSAGE_BYTES_MAX)
                        .build();
        return new CriChannel(channel, loop);
    }

    /// gRPC waits longer and longer before it connects again, up to two minutes. A kubelet that
    /// asks wants to know now, so each call that finds nobody makes the next one try.
    public Channel grpc() {
        return ClientInterceptors.intercept(managed, new Reconnect(managed));
    }

    private record Reconnect(ManagedChannel managed) implements ClientInterceptor {
        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(
                MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
                @Override
                public void start(Listener<A> listener, Metadata headers) {
                    super.start(watched(listener), headers);
                }
            };
        }

        private <A> ClientCall.Listener<A> watched(ClientCall.Listener<A> listener) {
            return new SimpleForwardingClientCallListener<>(listener) {
                @Override
                public void onClose(Status status, Metadata trailers) {
                    if (status.getCode() == Status.Code.UNAVAILABLE) {
                        managed.resetConnectBackoff();
                    }
                    super.onClose(status, trailers);
                }
            };
        }
    }

    @Override
    public void close() {
        managed.shutdownNow();
        var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
