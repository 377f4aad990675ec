package io.coxswain.http.netty;

import io.coxswain.http.BodyQueue;
import io.coxswain.http.Duplex;
import io.coxswain.http.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/// A connection after its upgrade: the last handler of the pipeline, and two blocking streams.
@SuppressWarnings("FutureReturnValueIgnored") // Failures reach the handlers.
final class ChannelDuplex extends ChannelInboundHandlerAdapter implements Duplex {

    private static final int UNREAD_BYTES_MAX = 256 << 10;

    private final Channel channel;
    private final SendWindow window = new SendWindow();
    private final BodyQueue received =
            new BodyQueue(
                    new BodyQueue.Filler() {
                        @Override
                        public void taken(int bytes) {
                            readOn();
                        }

                        @Override
                        public void abandoned() {
                            readOn();
                        }
                    });
    private final InputStream input = received.asStream();
    private final OutputStream output = new Output();

    ChannelDuplex(Channel channel) {
        this.channel = channel;
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    /// What was written before still leaves.
    @Override
    public void close() {
        try {
            output.flush();
        } catch (IOException e) {
            // The connection is broken, which is what closing makes it anyway.
        }
        received.close();
        window.fail(new IOException("the connection is closed"));
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof ByteBuf bytes && bytes.isReadable()) {
                received.add(Payload.of(ByteBufUtil.getBytes(bytes)));
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
        if (received.bytes() > UNREAD_BYTES_MAX) {
            channel.config().setAutoRead(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        window.fail(new IOException("the connection was closed by the other side"));
        received.end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var reason = new IOException("the connection broke", cause);
        window.fail(reason);
        received.fail(reason);
        ctx.close();
    }

    private void readOn() {
        if (!channel.config().isAutoRead() && received.bytes() < UNREAD_BYTES_MAX / 2) {
            channel.config().setAutoRead(true);
        }
    }

    /// Gathers small writes.
    private final class Output extends OutputStream {

        private static final int TOGETHER_BYTES = 16 << 10;

        private byte[] pending = new byte[1024];
        private int length;

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int count) throws IOException {
            if (length + count > pending.length) {
                pending = Arrays.copyOf(pending, Math.max(length + count, pending.length * 2));
            }
            System.arraycopy(source, offset, pending, length, count);
            length += count;
            if (length >= TOGETHER_BYTES) {
                flush();
            }
        }

        @Override
        public void flush() throws IOException {
            if (length == 0) {
                return;
            }
            var bytes = Arrays.copyOf(pending, length);
            length = 0;
            if (pending.length > TOGETHER_BYTES) {
                pending = new byte[1024];
            }
            window.enter(bytes.length);
            channel.writeAndFlush(Unpooled.wrappedBuffer(bytes))
                    .addListener(sent -> window.leave(bytes.length));
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
