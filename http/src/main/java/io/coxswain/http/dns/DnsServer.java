package io.coxswain.http.dns;

import io.coxswain.http.netty.EventLoops;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;

/// Answers DNS over UDP and TCP on one port.
///
/// A reply that does not fit into a datagram is truncated, so that the client asks again over TCP.
/// A message that is no query at all is ignored; one with anything but one question is malformed.
public final class DnsServer implements AutoCloseable {

    /// Larger datagrams are likely to be fragmented on their way.
    static final int DATAGRAM_BYTES_MAX = 1232;

    static final int STREAM_BYTES_MAX = 65_535;
    private static final int STREAM_IDLE_SECONDS = 10;
    private static final int BIND_ATTEMPTS_MAX = 10;

    private final Channel datagrams;
    private final Channel streams;

    private DnsServer(Channel datagrams, Channel streams) {
        this.datagrams = datagrams;
        this.streams = streams;
    }

    /// Throws [UncheckedIOException] when the address cannot be bound. Port 0 takes any that is
    /// free for both protocols.
    public static DnsServer start(InetSocketAddress address, DnsHandler handler) {
        for (var attempt = 1; ; attempt++) {
            var datagrams = bound(bindDatagrams(address, handler), address);
            var port = ((InetSocketAddress) datagrams.localAddress()).getPort();
            var same = new InetSocketAddress(address.getAddress(), port);
            try {
                return new DnsServer(datagrams, bound(bindStreams(same, handler), same));
            } catch (UncheckedIOException e) {
                datagrams.close().syncUninterruptibly();
                if (address.getPort() != 0 || attempt == BIND_ATTEMPTS_MAX) {
                    throw e;
                }
            }
        }
    }

    public int port() {
        return ((InetSocketAddress) datagrams.localAddress()).getPort();
    }

    @Override
    public void close() {
        datagrams.close().syncUninterruptibly();
        streams.close().syncUninterruptibly();
    }

    private static ChannelFuture bindDatagrams(InetSocketAddress address, DnsHandler handler) {
        return new Bootstrap()
                .group(EventLoops.shared())
                .channel(NioDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, 1 << 20)
                .handler(new DnsExchange.Datagrams(handler))
                .bind(address);
    }

    private static ChannelFuture bindStreams(InetSocketAddress address, DnsHandler handler) {
        return new ServerBootstrap()
                .group(EventLoops.shared())
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(
                        new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                channel.pipeline()
                                        .addLast(
                                                new ReadTimeoutHandler(STREAM_IDLE_SECONDS),
                                                new LengthFieldBasedFrameDecoder(
                                                        STREAM_BYTES_MAX + 2, 0, 2, 0, 2),
                                                new LengthFieldPrepender(2),
                                                new DnsExchange.Streams(handler));
                            }
                        })
                .bind(address);
    }

    private static Channel bound(ChannelFuture binding, InetSocketAddress address) {
        var failure = binding.awaitUninterruptibly().cause();
        if (failure == null) {
            return binding.channel();
        }
        var text = "cannot listen on " + address + ": " + failure.getMessage();
        throw new UncheckedIOException(
                failure instanceof BindException
                        ? new BindException(text)
                        : new IOException(text, failure));
    }
}
