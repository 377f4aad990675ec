package io.coxswain.bench.crash;

import io.coxswain.storage.Draft;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Header;
import io.coxswain.storage.Key;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What a write with a certain identity stores: nothing but the identity decides it, so that every
/// byte that comes back can be checked.
final class Content {

    private static final byte[] START =
            "{\"metadata\":{\"resourceVersion\":\"\"},\"id\":\""
                    .getBytes(StandardCharsets.US_ASCII);
    private static final int GAP = 32;
    private static final int ID_DIGITS = 16;
    private static final int USUAL_BYTES_MAX = 2_000;
    private static final int LARGE_BYTES = 50_000;

    private Content() {}

    static Key pod(int number) {
        return new Key("pods", "default", "k" + number);
    }

    static Key event(long id) {
        return new Key("events", "default", "e" + id % 1_000);
    }

    static Draft draft(long id) {
        var labels = Map.of("id", Long.toHexString(id));
        return new Draft(new Header("u" + id, labels, Map.of(), List.of()), bytes(id), GAP);
    }

    private static byte[] bytes(long id) {
        var mixed = (id * 0x9E3779B97F4A7C15L) >>> 33;
        var size = mixed % 150 == 0 ? LARGE_BYTES : (int) (mixed % USUAL_BYTES_MAX);
        var bytes = new byte[START.length + ID_DIGITS + 2 + size];
        System.arraycopy(START, 0, bytes, 0, START.length);
        var digits = String.format("%016x", id).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, bytes, START.length, ID_DIGITS);
        Arrays.fill(bytes, START.length + ID_DIGITS, bytes.length, (byte) ('a' + mixed % 26));
        return bytes;
    }

    /// The identity of what is stored. Throws [IllegalStateException] when a byte is wrong.
    static long id(Entry entry) {
        var id = Long.parseUnsignedLong(entry.header().uid().substring(1));
        var expected = draft(id);
        if (!expected.header().equals(entry.header())
                || !Arrays.equals(expected.at(entry.revision()), entry.bytes())) {
            throw new IllegalStateException("what " + entry + " holds was never written");
        }
        return id;
    }
}
