package io.coxswain.storage.embedded;

import io.coxswain.storage.Entry;
import io.coxswain.storage.Header;
import io.coxswain.storage.Key;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Encodes changes and stored objects; the log and the snapshot files use the same record.
///
/// ```
/// flags      1 = deletion, 2 = expires
/// revision   number
/// deadline   number: epoch milliseconds   (only when it expires)
/// gap        number: offset + 1           (only when it expires)
/// resource, namespace, name               text: length as a number, UTF-8
/// uid        text
/// labels     count, then key and value as text
/// fields     count, then key and value as text
/// owners     count, then text
/// bytes      length as a number, the object
/// ```
/// A number takes seven bits a byte, lowest first.
final class Records {

    private static final int DELETED = 1;
    private static final int EXPIRES = 2;

    private final Words words = new Words();
    private final Maps maps = new Maps();

    static void encode(Change change, Bytes out) {
        var entry = change.entry();
        var expiry = change.expiry();
        out.putByte((change.deleted() ? DELETED : 0) | (expiry == null ? 0 : EXPIRES));
        out.putNumber(entry.revision());
        if (expiry != null) {
            out.putNumber(expiry.epochMillis());
            out.putNumber(expiry.gap() + 1L);
        }
        out.putText(entry.key().resource());
        out.putText(entry.key().namespace());
        out.putText(entry.key().name());
        encode(entry.header(), out);
        out.putNumber(entry.bytes().length);
        out.put(entry.bytes());
    }

    private static void encode(Header header, Bytes out) {
        out.putText(header.uid());
        encode(header.labels(), out);
        encode(header.fields(), out);
        out.putNumber(header.owners().size());
        header.owners().forEach(out::putText);
    }

    private static void encode(Map<String, String> texts, Bytes out) {
        out.putNumber(texts.size());
        texts.forEach((key, value) -> {
            out.putText(key);
            out.putText(value);
        });
    }

    /// Reads `count` records that fill `in` exactly. Throws [MalformedException] when they do not.
    List<Change> decode(ByteBuffer in, int count) {
        var changes = new ArrayList<Change>(Math.min(count, in.remaining()));
        try {
            for (var i = 0; i < count; i++) {
                changes.add(decode(in));
            }
        } catch (BufferUnderflowException e) {
            throw new MalformedException("a record ends early", e);
        }
        if (in.hasRemaining()) {
            throw new MalformedException(in.remaining() + " bytes behind the last record", null);
        }
        return changes;
    }

    private Change decode(ByteBuffer in) {
        var flags = in.get();
        var revision = number(in);
        var expires = (flags & EXPIRES) != 0;
        var deadline = expires ? number(in) : 0;
        var gap = expires ? (int) number(in) - 1 : -1;
        var key = new Key(word(in), word(in), text(in));
        var header = new Header(text(in), texts(in), texts(in), list(in));
        var bytes = bytes(in);
        var entry = new Entry(key, revision, header, bytes);
        return new Change(
                entry, (flags & DELETED) != 0, expires ? new Change.Expiry(deadline, gap) : null);
    }

    /// Objects made from one template have the same labels: then one map serves all.
    private Map<String, String> texts(ByteBuffer in) {
        var count = count(in);
        if (count == 0) {
            return Map.of();
        }
        var start = in.position();
        for (var i = 0; i < 2 * count; i++) {
            var length = count(in);
            in.position(in.position() + length);
        }
        return maps.shared(in, start, count);
    }

    private static List<String> list(ByteBuffer in) {
        var count = count(in);
        if (count == 0) {
            return List.of();
        }
        var list = new ArrayList<String>(count);
        for (var i = 0; i < count; i++) {
            list.add(text(in));
        }
        return List.copyOf(list);
    }

    private static byte[] bytes(ByteBuffer in) {
        var bytes = new byte[count(in)];
        in.get(bytes);
        return bytes;
    }

    private static String text(ByteBuffer in) {
        var length = count(in);
        var start = in.arrayOffset() + in.position();
        var text = new String(in.array(), start, length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }

    /// A text that many objects have in common.
    private String word(ByteBuffer in) {
        return words.shared(text(in));
    }

    /// A count of things of at least one byte each, so never more than there are bytes.
    private static int count(ByteBuffer in) {
        var count = number(in);
        if (count < 0 || count > in.remaining()) {
            throw new BufferUnderflowException();
        }
        return (int) count;
    }

    private static long number(ByteBuffer in) {
        var value = 0L;
        for (var shift = 0; shift < 64; shift += 7) {
            var next = in.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedException("a number is too long", null);
    }

    /// What was read is not what was ever written.
    static final class MalformedException extends RuntimeException {
        MalformedException(String message, @org.jspecify.annotations.Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /// Shares equal maps, told by their encoding. Each has two slots it may be in.
    private final class Maps {
        private final byte[][] encoded = new byte[4096][];
        private final Map<?, ?>[] slots = new Map<?, ?>[4096];

        @SuppressWarnings("unchecked")
        Map<String, String> shared(ByteBuffer in, int start, int count) {
            var array = in.array();
            var from = in.arrayOffset() + start;
            var to = in.arrayOffset() + in.position();
            var hash = 1;
            for (var i = from; i < to; i++) {
                hash = 31 * hash + array[i];
            }
            var first = (hash * 0x9E3779B9) >>> 20;
            for (var slot = first; ; slot ^= 1) {
                var known = encoded[slot];
                if (known != null && Arrays.equals(known, 0, known.length, array, from, to)) {
                    return (Map<String, String>) slots[slot];
                }
                if (known == null || slot != first) {
                    var map = decode(in.duplicate().position(start), count);
                    encoded[slot] = Arrays.copyOfRange(array, from, to);
                    slots[slot] = map;
                    return map;
                }
            }
        }

        private Map<String, String> decode(ByteBuffer in, int count) {
            if (count == 1) {
                return Map.of(word(in), word(in));
            }
            var texts = LinkedHashMap.<String, String>newLinkedHashMap(count);
            for (var i = 0; i < count; i++) {
                texts.put(word(in), word(in));
            }
            return Map.copyOf(texts);
        }
    }

    /// Shares equal short texts, so that a million labels do not become a million strings.
    private static final class Words {
        private static final int LENGTH_MAX = 64;
        private final String[] slots = new String[4096];

        Words() {
            Arrays.fill(slots, "");
        }

        String shared(String text) {
            if (text.length() > LENGTH_MAX) {
                return text;
            }
            var slot = (text.hashCode() * 0x9E3779B9) >>> 20;
            if (slots[slot].equals(text)) {
                return slots[slot];
            }
            var other = slot ^ 1;
            if (!slots[other].equals(text)) {
                slots[other] = slots[slot].isEmpty() ? slots[other] : text;
                slots[slot] = slots[slot].isEmpty() ? text : slots[slot];
                return text;
            }
            return slots[other];
        }
    }
}
