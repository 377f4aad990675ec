package io.coxswain.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.util.List;

/// Decodes responses up to a `101`, after which the bytes belong to another protocol.
final class ResponseDecoder extends HttpResponseDecoder {

    private static final int HEADER_BYTES_MAX = 256 << 10;

    private boolean bodiless;
    private boolean switched;

    ResponseDecoder() {
        super(
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(HEADER_BYTES_MAX)
                        .setMaxHeaderSize(HEADER_BYTES_MAX)
                        .setMaxChunkSize(64 << 10));
    }

    /// Whether the next response answers a HEAD.
    void expect(boolean bodilessResponse) {
        bodiless = bodilessResponse;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf bytes, List<Object> out)
            throws Exception {
        if (switched) {
            return;
        }
        super.decode(ctx, bytes, out);
        switched =
                !out.isEmpty()
                        && out.getFirst() instanceof HttpResponse response
                        && response.status().code() == 101;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        return bodiless || super.isContentAlwaysEmpty(message);
    }
}
