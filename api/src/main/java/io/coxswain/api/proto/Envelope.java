package io.coxswain.api.proto;

import io.coxswain.api.codec.TypeMeta;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.schema.Kind;
import java.util.Arrays;

/// A message and what kind it is of: `k8s\0` and `{typeMeta=1 raw=2 contentEncoding=3
/// contentType=4}`. It is the body of requests and answers, and the value of a key in etcd.
///
/// @param type what the message says it is; parts may be empty
/// @param from where in `bytes` the message begins
public record Envelope(TypeMeta type, byte[] bytes, int from, int to) {

    /// The media type of bodies.
    public static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";

    private static final byte[] MAGIC = {'k', '8', 's', 0};

    /// Neither encoding nor content type; Go writes them nevertheless.
    private static final byte[] TAIL = {0x1a, 0, 0x22, 0};

    /// Whether bytes begin as an envelope does.
    public static boolean looksLike(byte[] bytes) {
        return bytes.length >= MAGIC.length
                && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /// Opens an envelope; throws [DecodeError].
    public static Envelope open(byte[] bytes) {
        if (bytes.length == 0) {
            throw new DecodeError("empty data");
        }
        if (!looksLike(bytes)) {
            throw new DecodeError(
                    "provided data does not appear to be a protobuf message, expected prefix"
                            + " [107 56 115 0]");
        }
        if (bytes.length == MAGIC.length) {
            throw new DecodeError("empty body");
        }
        var in = new WireReader(bytes, MAGIC.length, bytes.length);
        var type = new TypeMeta("", "");
        var from = bytes.length;
        var to = bytes.length;
        while (!in.atEnd()) {
            var tag = in.varint();
            var number = (int) (tag >>> 3);
            var wireType = (int) tag & 7;
            if (number < 1 || number > 4 || wireType == 4) {
                skip(in, number, wireType);
                continue;
            }
            ProtoReader.expect(wireType, WireWriter.BYTES, FIELDS[number - 1]);
            var outer = in.enter();
            if (number == 1) {
                type = type(in);
            } else if (number == 2) {
                from = in.position();
                to = in.limit();
            }
            in.leaveAtEnd(outer);
        }
        return new Envelope(type, bytes, from, to);
    }

    private static final String[] FIELDS = {"TypeMeta", "Raw", "ContentEncoding", "ContentType"};

    private static void skip(WireReader in, int number, int wireType) {
        if (wireType == 4) {
            throw new DecodeError("proto: Unknown: wiretype end group for non-group");
        }
        if (number <= 0) {
            throw new DecodeError(
                    "proto: Unknown: illegal tag %d (wire type %d)".formatted(number, wireType));
        }
        in.skip(wireType);
    }

    private static TypeMeta type(WireReader in) {
        var apiVersion = "";
        var kind = "";
        while (!in.atEnd()) {
            var tag = in.varint();
            switch ((int) (tag >>> 3)) {
                case 1 -> {
                    ProtoReader.expect((int) tag & 7, WireWriter.BYTES, "APIVersion");
                    apiVersion = in.text();
                }
                case 2 -> {
                    ProtoReader.expect((int) tag & 7, WireWriter.BYTES, "Kind");
                    kind = in.text();
                }
                default -> in.skip((int) tag & 7);
            }
        }
        return new TypeMeta(apiVersion, kind);
    }

    /// The record in the envelope, whatever kind it says it is of; throws [DecodeError].
    public <T> T read(Class<T> record) {
        return ProtoReader.read(record, bytes, from, to);
    }

    /// Puts a record into an envelope.
    public static byte[] of(Record object, TypeMeta type) {
        var out = new WireWriter(1024);
        out.raw(TAIL);
        var from = out.length();
        new ProtoWriter(out).message(object);
        out.delimit(2, from);
        head(out, type);
        return out.toBytes();
    }

    /// Puts a record of a kind into an envelope.
    public static byte[] of(Record object) {
        return of(object, typeOf(object.getClass()));
    }

    /// The kind of a record class that carries `@Kind`.
    public static TypeMeta typeOf(Class<?> record) {
        var kind = record.getAnnotation(Kind.class);
        if (kind == null) {
            throw new IllegalArgumentException(record + " has no @Kind");
        }
        var group = kind.group().isEmpty() ? "" : kind.group() + "/";
        return new TypeMeta(group + kind.version(), record.getSimpleName());
    }

    /// What stands before a message of `length` bytes; [#tail()] stands behind it.
    public static byte[] head(TypeMeta type, long length) {
        var out = new WireWriter(64);
        out.varint(length);
        out.tag(2, WireWriter.BYTES);
        head(out, type);
        return out.toBytes();
    }

    public static byte[] tail() {
        return TAIL.clone();
    }

    private static void head(WireWriter out, TypeMeta type) {
        var from = out.length();
        out.text(2, type.kind());
        out.text(1, type.apiVersion());
        out.delimit(1, from);
        out.raw(MAGIC);
    }
}
