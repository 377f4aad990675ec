package io.coxswain.http;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The bytes of a body or of one frame of a stream, and perhaps the object they were made from.
///
/// `source` never crosses the network. It lets two parts of one process hand each other an
/// immutable object instead of encoding and decoding it: whoever finds a source of a type it knows
/// may use it.
public final class Payload {

    public static final Payload EMPTY = new Payload(new byte[0], null);

    private volatile byte @Nullable [] bytes;
    private final @Nullable Supplier<byte[]> encoder;
    private final @Nullable Object source;

    private Payload(byte[] bytes, @Nullable Object source) {
        this.bytes = bytes;
        this.encoder = null;
        this.source = source;
    }

    private Payload(Supplier<byte[]> encoder, @Nullable Object source) {
        this.encoder = encoder;
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

    /// A payload whose bytes are made when somebody asks for them, which an in-process receiver may
    /// never do.
    public static Payload lazy(Supplier<byte[]> encoder, Object source) {
        return new Payload(encoder, source);
    }

    /// Stands for a body that was longer than the limit and thrown away.
    public static Payload tooLarge(int bytesMax) {
        return new Payload(
                () -> {
                    throw new BodyTooLargeException(bytesMax);
                },
                null);
    }

    /// Shared: never change them.
    public byte[] bytes() {
        var known = bytes;
        if (known == null) {
            known = requireNonNull(encoder).get();
            bytes = known;
        }
        return known;
    }

    public @Nullable Object source() {
        return source;
    }

    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }
}
