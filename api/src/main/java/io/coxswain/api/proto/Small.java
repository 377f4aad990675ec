package io.coxswain.api.proto;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.schema.IntOrString;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Reads the small messages that stand for values which are one value in JSON. Each reads up to the
/// limit of its reader.
final class Small {

    /// The year 1, which Go takes for "no time".
    private static final long NEVER = -62_135_596_800L;

    /// The last second of the year 9999: RFC 3339 knows no later one.
    private static final long LAST = 253_402_300_799L;

    private Small() {}

    /// `{seconds=1 nanos=2}`. Whole seconds drop the rest, as JSON has no place for it.
    static @Nullable Instant time(WireReader in, boolean micros) {
        var seconds = 0L;
        var nanos = 0;
        var any = false;
        while (!in.atEnd()) {
            any = true;
            var tag = in.varint();
            switch ((int) (tag >>> 3)) {
                case 1 -> {
                    ProtoReader.expect((int) tag & 7, WireWriter.VARINT, "Seconds");
                    seconds = in.varint();
                }
                case 2 -> {
                    ProtoReader.expect((int) tag & 7, WireWriter.VARINT, "Nanos");
                    nanos = (int) in.varint();
                }
                default -> in.skip((int) tag & 7);
            }
        }
        if (!any || seconds == NEVER) {
            return null;
        }
        if (seconds < NEVER || seconds > LAST || nanos < 0 || nanos > 999_999_999) {
            throw new DecodeError("time out of range: " + seconds + " seconds");
        }
        return Instant.ofEpochSecond(seconds, micros ? nanos / 1000 * 1000 : 0);
    }

    /// `{type=1 intVal=2 strVal=3}`
    static IntOrString intOrString(WireReader in) {
        var type = 0L;
        var number = 0;
        var text = "";
        while (!in.atEnd()) {
            var tag = in.varint();
            switch ((int) (tag >>> 3)) {
                case 1 -> {
                    ProtoReader.expect((int) tag & 7, WireWriter.VARINT, "Type");
                    type = in.varint();
                }
                case 2 -> {
                    ProtoReader.expect((int) tag & 7, WireWriter.VARINT, "IntVal");
                    number = (int) in.varint();
                }
                case 3 -> {
                    ProtoReader.expect((int) tag & 7, WireWriter.BYTES, "StrVal");
                    text = in.text();
                }
                default -> in.skip((int) tag & 7);
            }
        }
        if (type != 0 && type != 1) {
            throw new DecodeError("impossible IntOrString.Type");
        }
        return type == 0 ? IntOrString.of(number) : IntOrString.of(text);
    }

    /// `{string=1}`
    static String text(WireReader in) {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    /// `{raw=1}`
    static byte[] bytes(WireReader in) {
        var bytes = new byte[0];
        while (!in.atEnd()) {
            var tag = in.varint();
            if (tag >>> 3 == 1) {
                ProtoReader.expect((int) tag & 7, WireWriter.BYTES, "Raw");
                bytes = in.bytes();
            } else {
                in.skip((int) tag & 7);
            }
        }
        return bytes;
    }
}
