package io.coxswain.api.proto;

import io.coxswain.api.codec.TypeMeta;
import io.coxswain.api.meta.Status.ListMeta;
import java.util.Arrays;

/// Puts messages that are encoded already into lists and watches, without encoding them again.
public final class Frames {

    private static final int ITEM = 2;

    private Frames() {}

    /// The beginning of a list up to its first item. Behind it come the items, each with its
    /// [#itemHead(int)], and [Envelope#tail()].
    ///
    /// @param itemsLength what all items take, each with its head
    public static byte[] listHead(TypeMeta type, ListMeta metadata, long itemsLength) {
        var out = new WireWriter(256);
        new ProtoWriter(out).message(metadata);
        out.delimit(1, 0);
        var metadataLength = out.length();
        out.raw(Envelope.head(type, metadataLength + itemsLength));
        return out.toBytes();
    }

    /// What stands before an item of a list.
    public static byte[] itemHead(int length) {
        var out = new WireWriter(6);
        out.varint(length);
        out.tag(ITEM, WireWriter.BYTES);
        return out.toBytes();
    }

    /// The length of an item with its head.
    public static long itemLength(int length) {
        return 1L + WireWriter.size(length) + length;
    }

    /// An envelope around a message.
    public static byte[] envelope(TypeMeta type, byte[] message) {
        var out = new WireWriter(message.length + 128);
        envelope(out, type, message);
        return out.toBytes();
    }

    private static void envelope(WireWriter out, TypeMeta type, byte[] message) {
        out.raw(Envelope.tail());
        out.raw(message);
        out.raw(Envelope.head(type, message.length));
    }

    /// One event of a watch: `{type=1 object=2{raw=1}}`, its length in four bytes before it.
    public static byte[] event(String eventType, TypeMeta type, byte[] message) {
        var out = new WireWriter(message.length + 160);
        envelope(out, type, message);
        out.delimit(1, 0);
        out.delimit(2, 0);
        out.text(1, eventType);
        var length = out.length();
        out.raw(
                new byte[] {
                    (byte) (length >>> 24),
                    (byte) (length >>> 16),
                    (byte) (length >>> 8),
                    (byte) length
                });
        return out.toBytes();
    }

    /// The event in a frame without its length, as type and envelope; throws [DecodeError].
    public static Event event(byte[] frame) {
        var in = new WireReader(frame, 0, frame.length);
        var type = "";
        var object = new byte[0];
        while (!in.atEnd()) {
            var tag = in.varint();
            switch ((int) (tag >>> 3)) {
                case 1 -> {
                    ProtoReader.expect((int) tag & 7, WireWriter.BYTES, "Type");
                    type = in.text();
                }
                case 2 -> {
                    ProtoReader.expect((int) tag & 7, WireWriter.BYTES, "Object");
                    var outer = in.enter();
                    object = Small.bytes(in);
                    in.leave(outer);
                }
                default -> in.skip((int) tag & 7);
            }
        }
        return new Event(type, object);
    }

    /// @param type `ADDED`, `MODIFIED`, `DELETED`, `BOOKMARK` or `ERROR`
    /// @param object an envelope
    public record Event(String type, byte[] object) {

        public Envelope envelope() {
            return Envelope.open(object);
        }

        @Override
        public String toString() {
            return type + " " + Arrays.hashCode(object);
        }
    }
}
