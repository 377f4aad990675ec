package io.coxswain.kubelet.runtime.cri;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
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
record CriChannel(ManagedChannel managed, EventLoopGroup loop) implements AutoCloseable {

    /// A node with many images and pods answers lists of some megabytes; the runtimes cap at 16.
    private static final int MESSAGE_BYTES_MAX = 16 << 20;

    static CriChannel open(Path socket) {
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

    Channel grpc() {
        return managed;
    }

    @Override
    public void close() {
        managed.shutdownNow();
        var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
