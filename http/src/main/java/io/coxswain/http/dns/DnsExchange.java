package io.coxswain.http.dns;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes a query apart, asks the handler and writes the reply.
@SuppressWarnings("FutureReturnValueIgnored") // A reply that does not arrive is asked for again.
final class DnsExchange {

    private static final Logger LOG = LoggerFactory.getLogger(DnsExchange.class);
    private static final int HEADER_BYTES = 12;
    private static final int CLASS_IN = 1;
    private static final int CLASS_ANY = 255;
    private static final int TYPE_OPT = 41;
    private static final int DATAGRAM_BYTES_DEFAULT = 512;

    private final DnsHandler handler;

    private DnsExchange(DnsHandler handler) {
        this.handler = handler;
    }

    /// @param bytesMax how long a datagram the client can take
    private record Query(DnsWriter.Echo echo, int recordClass, int questions, int bytesMax) {}

    /// Over UDP.
    @Sharable
    static final class Datagrams extends SimpleChannelInboundHandler<DatagramPacket> {

        private final DnsExchange exchange;

        Datagrams(DnsHandler handler) {
            this.exchange = new DnsExchange(handler);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
            var sender = packet.sender();
            exchange.answer(
                    packet.content(),
                    sender,
                    false,
                    bytes -> ctx.writeAndFlush(new DatagramPacket(bytes, sender)),
                    ctx);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            LOG.debug("a malformed datagram was ignored", cause);
        }
    }

    /// Over TCP.
    static final class Streams extends SimpleChannelInboundHandler<ByteBuf> {

        private final DnsExchange exchange;

        Streams(DnsHandler handler) {
            this.exchange = new DnsExchange(handler);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf message) {
            var sender = (InetSocketAddress) ctx.channel().remoteAddress();
            exchange.answer(message, sender, true, ctx::writeAndFlush, ctx);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            LOG.debug("a connection was closed", cause);
            ctx.close();
        }
    }

    private void answer(
            ByteBuf message,
            InetSocketAddress from,
            boolean stream,
            Consumer<ByteBuf> out,
            ChannelHandlerContext ctx) {
        var query = parse(message);
        if (query == null) {
            return;
        }
        var bytesMax = stream ? DnsServer.STREAM_BYTES_MAX : query.bytesMax();
        Consumer<DnsReply> send =
                reply -> {
                    var bytes = encode(ctx, query.echo(), reply, bytesMax);
                    out.accept(bytes);
                };
        if (query.questions() != 1) {
            send.accept(DnsReply.failed(DnsReply.Code.MALFORMED));
        } else if (query.echo().opcode() != 0) {
            send.accept(DnsReply.failed(DnsReply.Code.NOT_IMPLEMENTED));
        } else if (query.recordClass() != CLASS_IN && query.recordClass() != CLASS_ANY) {
            send.accept(DnsReply.failed(DnsReply.Code.REFUSED));
        } else {
            ask(query.echo(), from, send);
        }
    }

    private void ask(DnsWriter.Echo echo, InetSocketAddress from, Consumer<DnsReply> send) {
        var name = echo.name().toLowerCase(Locale.ROOT);
        try {
            var type = DnsType.of(echo.type());
            handler.handle(new DnsQuestion(name, type, echo.type(), from), send);
        } catch (RuntimeException fault) {
            LOG.error("question for {} {} failed", echo.type(), name, fault);
            send.accept(DnsReply.failed(DnsReply.Code.SERVER_FAILURE));
        }
    }

    private static ByteBuf encode(
            ChannelHandlerContext ctx, DnsWriter.Echo echo, DnsReply reply, int bytesMax) {
        var bytes = ctx.alloc().buffer(DATAGRAM_BYTES_DEFAULT);
        try {
            DnsWriter.write(bytes, echo, reply, bytesMax);
        } catch (RuntimeException fault) {
            LOG.error("a reply for {} could not be written", echo.name(), fault);
            bytes.clear();
            DnsWriter.write(bytes, echo, DnsReply.failed(DnsReply.Code.SERVER_FAILURE), bytesMax);
        }
        return bytes;
    }

    /// Null for what is no query. Throws for what cannot be read.
    private static @org.jspecify.annotations.Nullable Query parse(ByteBuf message) {
        if (message.readableBytes() < HEADER_BYTES) {
            return null;
        }
        var id = message.readUnsignedShort();
        var flags = message.readUnsignedShort();
        var questions = message.readUnsignedShort();
        var records = message.readUnsignedShort() + message.readUnsignedShort();
        var additional = message.readUnsignedShort();
        if (flags >> 15 != 0) {
            return null; // A reply; answering it could go on for ever.
        }
        var opcode = flags >> 11 & 0xf;
        var recursion = (flags >> 8 & 1) != 0;
        if (questions != 1) {
            var echo = new DnsWriter.Echo(id, opcode, recursion, "", 0, false);
            return new Query(echo, CLASS_IN, questions, DATAGRAM_BYTES_DEFAULT);
        }
        var name = DefaultDnsRecordDecoder.decodeName(message);
        var type = message.readUnsignedShort();
        var recordClass = message.readUnsignedShort();
        var bytesMax = records == 0 ? datagramBytes(message, additional) : 0;
        var echo = new DnsWriter.Echo(id, opcode, recursion, name, type, bytesMax > 0);
        return new Query(
                echo,
                recordClass,
                questions,
                Math.clamp(bytesMax, DATAGRAM_BYTES_DEFAULT, DnsServer.DATAGRAM_BYTES_MAX));
    }

    /// What the OPT record, if there is one, says that the client can take; else 0.
    private static int datagramBytes(ByteBuf message, int records) {
        for (var i = 0; i < records; i++) {
            DefaultDnsRecordDecoder.decodeName(message);
            var type = message.readUnsignedShort();
            var bytes = message.readUnsignedShort();
            message.skipBytes(4);
            message.skipBytes(message.readUnsignedShort());
            if (type == TYPE_OPT) {
                return Math.max(bytes, DATAGRAM_BYTES_DEFAULT);
            }
        }
        return 0;
    }
}
