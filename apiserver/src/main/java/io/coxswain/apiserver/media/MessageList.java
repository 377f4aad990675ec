package io.coxswain.apiserver.media;

import io.coxswain.api.codec.TypeMeta;
import io.coxswain.api.meta.Status.ListMeta;
import io.coxswain.api.proto.Envelope;
import io.coxswain.api.proto.Frames;
import io.coxswain.api.proto.ProtoWriter;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import io.coxswain.storage.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/// The protobuf of a list, put together from the messages of its items. The length of all of them
/// comes first, so they must be known before the first byte leaves.
public record MessageList(
        TypeMeta type, ListMeta metadata, List<Entry> entries, Function<Entry, byte[]> message) {

    private static final int CHUNK_BYTES = 64 << 10;

    public static byte[] message(Record object) {
        return ProtoWriter.write(object);
    }

    public Response response() {
        return new Response.Streaming(
                200, Headers.of("content-type", MediaType.PROTOBUF.toString()), this::write);
    }

    private void write(Response.Sink sink) throws IOException {
        var items = entries.stream().map(message).toList();
        var buffer = new ByteArrayOutputStream(CHUNK_BYTES + 8192);
        buffer.writeBytes(Frames.listHead(type, metadata, length(items)));
        for (var item : items) {
            buffer.writeBytes(Frames.itemHead(item.length));
            buffer.writeBytes(item);
            if (buffer.size() >= CHUNK_BYTES) {
                sink.write(Payload.of(buffer.toByteArray()));
                buffer.reset();
            }
        }
        buffer.writeBytes(Envelope.tail());
        sink.write(Payload.of(buffer.toByteArray()));
    }

    private static long length(List<byte[]> items) {
        var length = 0L;
        for (var item : items) {
            length += Frames.itemLength(item.length);
        }
        return length;
    }
}
