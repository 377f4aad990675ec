package io.coxswain.apiserver.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Changes bytes without knowing what they mean: flips, cuts, repeats, joins with another input,
/// and puts in what parsers trip over.
public record Bytes(RandomGenerator random) {

    private static final int LENGTH_MAX = 32 << 10;

    private static final List<byte[]> TROUBLE =
            List.of(
                    text("{"),
                    text("}"),
                    text("["),
                    text("]"),
                    text("\""),
                    text(":"),
                    text(","),
                    text("null"),
                    text("-0"),
                    text("1e999"),
                    text("9223372036854775808"),
                    text("0.1e-400"),
                    text("true"),
                    text("\\u0000"),
                    text("\\ud800"),
                    text("\\"),
                    text("&a "),
                    text("*a"),
                    text("<<: "),
                    text("!!binary "),
                    text("--- "),
                    text("\t"),
                    text("\n"),
                    text("? "),
                    text("| "),
                    text("> "),
                    text("%"),
                    text("=="),
                    text("!"),
                    text("("),
                    text(")"),
                    text(" in "),
                    text(" notin "),
                    text("k8s\0"),
                    text("$patch"),
                    text("$retainKeys"),
                    text("$setElementOrder/x"),
                    text("/-"),
                    text("~1"),
                    text("~0"),
                    text("~"),
                    text("/0"),
                    text("../"),
                    text("[".repeat(1000)),
                    text("{\"a\":".repeat(1000)),
                    text("- ".repeat(500)),
                    text("9".repeat(1000)),
                    text("x".repeat(3000)),
                    text("(".repeat(500)),
                    new byte[] {(byte) 0xff},
                    new byte[] {(byte) 0xc0, (byte) 0x80},
                    new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
                    new byte[] {0},
                    new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f},
                    new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1},
                    new byte[] {0x0b},
                    new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// A changed copy of `input`, perhaps with a piece of `other`.
    public byte[] change(byte[] input, byte[] other) {
        var changed = input;
        for (var times = 1 + random.nextInt(4); times > 0; times--) {
            changed = once(changed, other);
        }
        return changed.length > LENGTH_MAX ? Arrays.copyOf(changed, LENGTH_MAX) : changed;
    }

    private byte[] once(byte[] input, byte[] other) {
        var from = random.nextInt(input.length + 1);
        var to = Math.min(input.length, from + 1 + random.nextInt(random.nextBoolean() ? 4 : 64));
        return switch (random.nextInt(7)) {
            case 0 -> flipped(input);
            case 1 -> joined(input, from, new byte[0], to);
            case 2 -> joined(input, to, Arrays.copyOfRange(input, from, to), to);
            case 3 -> joined(input, from, piece(other), to);
            case 4 -> Arrays.copyOf(input, from);
            case 5 -> joined(input, from, TROUBLE.get(random.nextInt(TROUBLE.size())), to);
            default -> joined(input, from, TROUBLE.get(random.nextInt(TROUBLE.size())), from);
        };
    }

    private byte[] flipped(byte[] input) {
        var copy = input.clone();
        if (copy.length > 0) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private byte[] piece(byte[] other) {
        var from = random.nextInt(other.length + 1);
        return Arrays.copyOfRange(other, from, Math.min(other.length, from + random.nextInt(200)));
    }

    private static byte[] joined(byte[] input, int end, byte[] middle, int start) {
        var all = new ByteArrayOutputStream();
        all.write(input, 0, end);
        all.writeBytes(middle);
        all.write(input, start, input.length - start);
        return all.toByteArray();
    }
}
