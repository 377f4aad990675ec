package io.coxswain.api.validation;

import io.coxswain.api.schema.FieldErrors;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// IP addresses and address blocks, read without asking any name server.
public final class Addresses {

    /// A block of addresses; `base` may have bits beyond the prefix.
    public record Block(InetAddress base, int prefix) {

        /// Whether `other` lies within this block and is smaller.
        public boolean strictlyContains(Block other) {
            return sameFamily(other)
                    && other.prefix > prefix
                    && network(base, prefix).equals(network(other.base, prefix));
        }

        public boolean contains(InetAddress address) {
            return address.getAddress().length == base.getAddress().length
                    && network(base, prefix).equals(network(address, prefix));
        }

        private boolean sameFamily(Block other) {
            return other.base.getAddress().length == base.getAddress().length;
        }

        private static BigInteger network(InetAddress address, int prefix) {
            var bits = address.getAddress().length * 8;
            return new BigInteger(1, address.getAddress()).shiftRight(bits - prefix);
        }
    }

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|\\d{1,2})";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    private static final String BAD_IP =
            "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
    private static final String BAD_BLOCK =
            "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

    private Addresses() {}

    /// The address a text writes, or null.
    public static @Nullable InetAddress parse(String text) {
        var shaped = text.contains(":") ? IPV6.matcher(text) : IPV4.matcher(text);
        if (!shaped.matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /// The block a text writes, or null.
    public static @Nullable Block parseBlock(String text) {
        var slash = text.indexOf('/');
        var address = slash < 0 ? null : parse(text.substring(0, slash));
        if (address == null || !text.substring(slash + 1).matches("0|[1-9]\\d{0,2}")) {
            return null;
        }
        var prefix = Integer.parseInt(text.substring(slash + 1));
        return prefix > address.getAddress().length * 8 ? null : new Block(address, prefix);
    }

    public static boolean isIpv6(String text) {
        return text.contains(":") && parse(text) != null;
    }

    public static boolean isIpv4(String text) {
        return !text.contains(":") && parse(text) != null;
    }

    /// An address in any form that older releases took, so without a rule on leading zeros.
    public static void ip(String text, FieldErrors errors) {
        if (parse(text) == null) {
            errors.invalid(text, BAD_IP);
        }
    }

    public static void block(String text, FieldErrors errors) {
        if (parseBlock(text) == null) {
            errors.invalid(text, BAD_BLOCK);
        }
    }

    /// An address that packets from elsewhere can reach.
    public static void endpointIp(String text, FieldErrors errors) {
        var address = parse(text);
        if (address == null) {
            return;
        }
        if (address.isAnyLocalAddress()) {
            errors.invalid(text, "may not be unspecified (0.0.0.0 or ::)");
        }
        if (address.isLoopbackAddress()) {
            errors.invalid(text, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
        }
        if (address.isLinkLocalAddress()) {
            errors.invalid(text, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
        }
        if (address.isMCLinkLocal()) {
            errors.invalid(
                    text, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
        }
    }

    /// `text`, or its usual form where that differs (leading zeros, long IPv6).
    public static @Nullable String canonical(String text) {
        var address = parse(text);
        return address == null ? null : Ipv6Text.of(address);
    }
}
