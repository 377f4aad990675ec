package io.coxswain.http;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The bytes of a body or of one frame of a stream, and perhaps the object they were made from.
///
/// `source` never crosses the network. It lets two parts of one process hand each other an immutable
/// object instead of encoding and decoding it: whoever finds a source of a type it knows may use it.
public final class Payload {

    public static final Payload EMPTY = new Payload(new byte[0], null);

    private final byte[] bytes;
    private final @Nullable Object source;

    private Payload(byte[] bytes, @Nullable Object source) {
        this.bytes = bytes;
        this.source = source;
    }

    public static Payload of(byte[] bytes) {
        return new Payload(bytes, null);
    }

    public static Payload of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Payload of(byte[] bytes, Object source) {
        return new Payload(bytes, source);
    }

    /// Shared: never change them.
    public byte[] bytes() {
        return bytes;
    }

    public @Nullable Object source() {
        return source;
    }

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
