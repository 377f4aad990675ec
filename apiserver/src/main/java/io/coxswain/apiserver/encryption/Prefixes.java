package io.coxswain.apiserver.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// What sealed values begin with.
final class Prefixes {

    private static final byte[] SEALED = "k8s:enc:".getBytes(UTF_8);

    private Prefixes() {}

    static boolean sealed(byte[] stored) {
        return starts(stored, SEALED);
    }

    static boolean starts(byte[] stored, byte[] prefix) {
        return stored.length >= prefix.length
                && Arrays.equals(stored, 0, prefix.length, prefix, 0, prefix.length);
    }

    static byte[] with(String prefix, byte[] sealed) {
        var start = prefix.getBytes(UTF_8);
        var all = Arrays.copyOf(start, start.length + sealed.length);
        System.arraycopy(sealed, 0, all, start.length, sealed.length);
        return all;
    }

    static byte[] without(String prefix, byte[] stored) {
        return Arrays.copyOfRange(stored, prefix.getBytes(UTF_8).length, stored.length);
    }
}
