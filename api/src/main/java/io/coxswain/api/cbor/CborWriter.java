package io.coxswain.api.cbor;

import io.coxswain.api.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Writes values as CBOR.
public final class CborWriter {

    /// Tag 55799, which no other format begins with.
    private static final byte[] SELF_DESCRIBED = {(byte) 0xd9, (byte) 0xd9, (byte) 0xf7};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);

    private CborWriter() {}

    /// One data item behind the tag that says it is CBOR.
    public static byte[] write(Json value) {
        var writer = new CborWriter();
        writer.out.writeBytes(SELF_DESCRIBED);
        writer.value(value);
        return writer.out.toByteArray();
    }

    private void value(Json value) {
        switch (value) {
            case Json.Null nothing -> out.write(0xf6);
            case Json.Bool(var truth) -> out.write(truth ? 0xf5 : 0xf4);
            case Json.Int(var number) -> head(number < 0 ? 1 : 0, number < 0 ? ~number : number);
            case Json.Real(var number) -> real(number);
            case Json.Str(var text) -> text(text);
            case Json.Arr(var items) -> {
                head(4, items.size());
                items.forEach(this::value);
            }
            case Json.Obj(var fields) -> {
                head(5, fields.size());
                fields.forEach((name, field) -> {
                    text(name);
                    value(field);
                });
            }
        }
    }

    private void text(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        head(2, bytes.length);
        out.writeBytes(bytes);
    }

    /// The shortest form that loses nothing.
    private void real(double value) {
        var single = (float) value;
        if (single != value) {
            out.write(0xfb);
            out.writeBytes(ByteBuffer.allocate(8).putDouble(value).array());
            return;
        }
        var half = Float.floatToFloat16(single);
        if (Float.float16ToFloat(half) == single) {
            out.write(0xf9);
            out.writeBytes(ByteBuffer.allocate(2).putShort(half).array());
            return;
        }
        out.write(0xfa);
        out.writeBytes(ByteBuffer.allocate(4).putFloat(single).array());
    }

    /// A major type and its argument, which is not negative.
    private void head(int major, long argument) {
        var type = major << 5;
        if (argument < 24) {
            out.write(type | (int) argument);
        } else if (argument <= 0xff) {
            out.write(type | 24);
            out.write((int) argument);
        } else if (argument <= 0xffff) {
            out.write(type | 25);
            out.writeBytes(ByteBuffer.allocate(2).putShort((short) argument).array());
        } else if (argument <= 0xffff_ffffL) {
            out.write(type | 26);
            out.writeBytes(ByteBuffer.allocate(4).putInt((int) argument).array());
        } else {
            out.write(type | 27);
            out.writeBytes(ByteBuffer.allocate(8).putLong(argument).array());
        }
    }
}
