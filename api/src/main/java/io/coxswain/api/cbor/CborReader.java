package io.coxswain.api.cbor;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;

/// Reads CBOR into values. What JSON could not say is refused: numbers beyond 64 bits, NaN, keys
/// that are no text, keys given twice; so are items of unknown length.
public final class CborReader {

    private static final int DEPTH_MAX = 64;

    private static final int TIME_TEXT = 0;
    private static final int TIME_NUMBER = 1;
    private static final int BIG_POSITIVE = 2;
    private static final int BIG_NEGATIVE = 3;
    private static final int AS_BASE64_URL = 21;
    private static final int AS_BASE64 = 22;
    private static final int AS_HEX = 23;

    private final ByteBuffer in;
    private int depth;

    private CborReader(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes);
    }

    /// The one data item there is. Throws [DecodeError].
    public static Json read(byte[] bytes) {
        var reader = new CborReader(bytes);
        var value = reader.value();
        if (reader.in.hasRemaining()) {
            throw new DecodeError(
                    "cbor: "
                            + reader.in.remaining()
                            + " bytes of extraneous data starting at index "
                            + reader.in.position());
        }
        return value;
    }

    private Json value() {
        if (++depth > DEPTH_MAX) {
            throw new DecodeError("cbor: exceeded max nested level " + DEPTH_MAX);
        }
        var head = octet();
        var major = head >> 5;
        var low = head & 31;
        var value =
                switch (major) {
                    case 0 -> Json.of(whole(low));
                    case 1 -> Json.of(~whole(low));
                    case 2, 3 -> Json.of(utf8(bytes(low)));
                    case 4 -> array(low);
                    case 5 -> map(low);
                    case 6 -> tagged(argument(low));
                    default -> simple(low);
                };
        depth--;
        return value;
    }

    private long whole(int low) {
        var argument = argument(low);
        if (argument < 0) {
            throw new DecodeError("cbor: cannot unmarshal integer: it overflows int64");
        }
        return argument;
    }

    /// As 64 bits without a sign.
    private long argument(int low) {
        return switch (low) {
            case 24 -> octet();
            case 25 -> need(2).getShort() & 0xffff;
            case 26 -> need(4).getInt() & 0xffff_ffffL;
            case 27 -> need(8).getLong();
            case 28, 29, 30 -> throw new DecodeError("cbor: invalid additional information " + low);
            case 31 -> throw new DecodeError("cbor: indefinite-length items are not allowed");
            default -> low;
        };
    }

    private byte[] bytes(int low) {
        var bytes = new byte[length(low, 1)];
        in.get(bytes);
        return bytes;
    }

    /// A length, which cannot be more than what follows.
    private int length(int low, int bytesEach) {
        var length = argument(low);
        if (length < 0 || length > in.remaining() / bytesEach) {
            throw new DecodeError("unexpected EOF");
        }
        return (int) length;
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new DecodeError("cbor: invalid UTF-8 string");
        }
    }

    private Json array(int low) {
        var length = length(low, 1);
        var items = new ArrayList<Json>();
        for (var i = 0; i < length; i++) {
            items.add(value());
        }
        return new Json.Arr(Collections.unmodifiableList(items));
    }

    private Json map(int low) {
        var length = length(low, 2);
        var fields = new LinkedHashMap<String, Json>();
        for (var i = 0; i < length; i++) {
            var head = octet();
            var major = head >> 5;
            if (major != 2 && major != 3) {
                throw new DecodeError("cbor: cannot use a key of major type " + major);
            }
            var name = utf8(bytes(head & 31));
            if (fields.put(name, value()) != null) {
                throw new DecodeError(
                        "cbor: found duplicate map key \"" + name + "\" at map element index " + i);
            }
        }
        return new Json.Obj(fields);
    }

    /// What a tag says about bytes and times is done; others say nothing.
    private Json tagged(long tag) {
        if (tag == BIG_POSITIVE || tag == BIG_NEGATIVE) {
            throw new DecodeError("cbor: numbers beyond 64 bits are not allowed");
        }
        if (tag >= AS_BASE64_URL && tag <= AS_HEX) {
            var head = octet();
            if (head >> 5 == 2) {
                return Json.of(shown((int) tag, bytes(head & 31)));
            }
            in.position(in.position() - 1);
        }
        var value = value();
        if (tag == TIME_TEXT || tag == TIME_NUMBER) {
            return time(value);
        }
        return value;
    }

    private static String shown(int tag, byte[] bytes) {
        return switch (tag) {
            case AS_BASE64_URL -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            case AS_BASE64 -> Base64.getEncoder().encodeToString(bytes);
            default -> HexFormat.of().formatHex(bytes);
        };
    }

    private static Json time(Json value) {
        try {
            return switch (value) {
                case Json.Int(var seconds) -> Json.of(Instant.ofEpochSecond(seconds).toString());
                case Json.Real(var seconds) ->
                        Json.of(Instant.ofEpochMilli(Math.round(seconds * 1000)).toString());
                case Json.Str(var text) -> Json.of(text);
                case Json.Null nothing -> nothing;
                case Json.Bool _, Json.Arr _, Json.Obj _ ->
                        throw new DecodeError("cbor: a time must be a text or a number");
            };
        } catch (DateTimeException e) {
            throw new DecodeError("cbor: cannot read a time: " + e.getMessage());
        }
    }

    private Json simple(int low) {
        return switch (low) {
            case 20 -> Json.of(false);
            case 21 -> Json.of(true);
            case 22 -> Json.NULL;
            case 25 -> real(Float.float16ToFloat(need(2).getShort()));
            case 26 -> real(need(4).getFloat());
            case 27 -> real(need(8).getDouble());
            default -> throw new DecodeError("cbor: simple value " + low + " is not recognized");
        };
    }

    private static Json real(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new DecodeError("cbor: NaN and infinity are not allowed");
        }
        return new Json.Real(value);
    }

    private int octet() {
        return need(1).get() & 0xff;
    }

    private ByteBuffer need(int bytes) {
        if (in.remaining() < bytes) {
            throw new DecodeError("unexpected EOF");
        }
        return in;
    }
}
