package io.coxswain.http.netty;

import io.coxswain.http.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/// Decodes one request and then waits for [#resume], leaving later bytes as they are: pipelined
/// requests are answered in turn, and after an upgrade the bytes belong to the other protocol.
final class RequestDecoder extends HttpRequestDecoder {

    private static final int WAITING_BYTES_MAX = 64 << 10;

    private final Runnable onBytes;
    private boolean paused;
    private ChannelHandlerContext context;

    /// @param onBytes runs when bytes arrive while a request is awaited
    @SuppressWarnings("NullAway.Init") // The context is there before any byte.
    RequestDecoder(Limits limits, Runnable onBytes) {
        super(
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(limits.headerBytesMax())
                        .setMaxHeaderSize(limits.headerBytesMax()));
        this.onBytes = onBytes;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (!paused) {
            onBytes.run();
        }
        super.channelRead(ctx, message);
        if (paused && actualReadableBytes() > WAITING_BYTES_MAX) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf bytes, List<Object> out)
            throws Exception {
        if (paused) {
            return;
        }
        super.decode(ctx, bytes, out);
        paused = !out.isEmpty() && out.getLast() instanceof LastHttpContent;
    }

    /// Both a length and chunks: what one server takes for the end, another takes for the middle.
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }

    /// The request was answered; the next one may already be here.
    void resume() throws Exception {
        paused = false;
        context.channel().config().setAutoRead(true);
        if (actualReadableBytes() > 0) {
            channelRead(context, Unpooled.EMPTY_BUFFER);
            channelReadComplete(context);
        }
    }
}
