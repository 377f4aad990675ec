package io.coxswain.apiserver.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The few protobuf messages of key services: fields that are numbers or bytes.
public final class Wire {

    private static final int NUMBER = 0;
    private static final int BYTES = 2;

    private final Map<Integer, List<byte[]>> bytes = new HashMap<>();
    private final Map<Integer, Long> numbers = new HashMap<>();

    private Wire() {}

    /// Reads a message; throws [IllegalArgumentException] for what is none.
    public static Wire read(byte[] message) {
        var wire = new Wire();
        var in = ByteBuffer.wrap(message);
        try {
            while (in.hasRemaining()) {
                var tag = number(in);
                var field = (int) (tag >>> 3);
                switch ((int) (tag & 7)) {
                    case NUMBER -> wire.numbers.put(field, number(in));
                    case BYTES -> {
                        var length = number(in);
                        if (length < 0 || length > in.remaining()) {
                            throw new BufferUnderflowException();
                        }
                        var value = new byte[(int) length];
                        in.get(value);
                        wire.bytes.computeIfAbsent(field, any -> new ArrayList<>()).add(value);
                    }
                    case 1 -> in.getLong();
                    case 5 -> in.getInt();
                    default -> throw new IllegalArgumentException("unknown wire type");
                }
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the message ends early", e);
        }
        return wire;
    }

    private static long number(ByteBuffer in) {
        var value = 0L;
        for (var shift = 0; shift < 64; shift += 7) {
            var next = in.get();
            value |= ((long) (next & 0x7F)) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number is too long");
    }

    public byte[] bytes(int field) {
        var all = bytes.get(field);
        return all == null ? new byte[0] : all.getLast();
    }

    public String text(int field) {
        return new String(bytes(field), UTF_8);
    }

    public long number(int field) {
        return numbers.getOrDefault(field, 0L);
    }

    /// A map from texts to bytes.
    public Map<String, byte[]> map(int field) {
        var map = new HashMap<String, byte[]>();
        for (var item : bytes.getOrDefault(field, List.of())) {
            var entry = read(item);
            map.put(entry.text(1), entry.bytes(2));
        }
        return map;
    }

    /// Writes a message.
    public static final class Writer {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        public Writer bytes(int field, byte[] value) {
            if (value.length > 0) {
                put(((long) field << 3) | BYTES);
                put(value.length);
                out.writeBytes(value);
            }
            return this;
        }

        public Writer text(int field, String value) {
            return bytes(field, value.getBytes(UTF_8));
        }

        public Writer number(int field, long value) {
            if (value != 0) {
                put(((long) field << 3) | NUMBER);
                put(value);
            }
            return this;
        }

        public Writer map(int field, Map<String, byte[]> map) {
            map.forEach(
                    (key, value) -> bytes(field, new Writer().text(1, key).bytes(2, value).done()));
            return this;
        }

        public byte[] done() {
            return out.toByteArray();
        }

        private void put(long value) {
            var rest = value;
            while ((rest & ~0x7FL) != 0) {
                out.write((int) ((rest & 0x7F) | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }
    }
}
