package io.coxswain.controllers.node;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A cluster's range of pod addresses, cut into one part for each node: `10.244.0.0/16` into 256
/// parts of `/24`.
///
/// @param first the range's first address
/// @param bits of a part's prefix
/// @param parts how many there are
record PodRanges(byte[] first, int bits, long parts) {

    /// A number of parts that no cluster has nodes for.
    private static final int PARTS_BITS_MAX = 16;

    /// Throws [IllegalArgumentException] for what is no range, or is smaller than a part.
    static PodRanges of(String cidr, int bits) {
        var slash = cidr.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("invalid CIDR address: " + cidr);
        }
        var address = InetAddress.ofLiteral(cidr.substring(0, slash)).getAddress();
        var length = Integer.parseInt(cidr.substring(slash + 1));
        if (length < 0 || length > bits || bits > address.length * 8) {
            throw new IllegalArgumentException(
                    "the node mask size " + bits + " does not fit the cluster CIDR " + cidr);
        }
        if (bits - length > PARTS_BITS_MAX) {
            throw new IllegalArgumentException(
                    "the cluster CIDR " + cidr + " has more than 65536 parts of /" + bits);
        }
        var shift = address.length * 8 - length;
        var start = new BigInteger(1, address).shiftRight(shift).shiftLeft(shift);
        return new PodRanges(bytes(start, address.length), bits, 1L << (bits - length));
    }

    /// The first part that is not among `used`; null when there is none left.
    @Nullable String free(Set<String> used) {
        for (var i = 0L; i < parts; i++) {
            var part = part(i);
            if (!used.contains(part)) {
                return part;
            }
        }
        return null;
    }

    private String part(long index) {
        var step = BigInteger.valueOf(index).shiftLeft(first.length * 8 - bits);
        var address = bytes(new BigInteger(1, first).add(step), first.length);
        try {
            return InetAddress.getByAddress(address).getHostAddress() + "/" + bits;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(BigInteger value, int length) {
        var bytes = new byte[length];
        var digits = value.toByteArray();
        for (var i = 0; i < Math.min(length, digits.length); i++) {
            bytes[length - 1 - i] = digits[digits.length - 1 - i];
        }
        return bytes;
    }
}
