package io.coxswain.network.host;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// IPv4 addresses and ranges as text. What comes from API objects passes through here before any
/// program sees it.
public final class Ipv4 {

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern ADDRESS = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern RANGE =
            Pattern.compile(OCTET + "(\\." + OCTET + "){3}/(3[0-2]|[12]?\\d)");

    private Ipv4() {}

    public static boolean address(@Nullable String text) {
        return text != null && ADDRESS.matcher(text).matches();
    }

    public static boolean range(@Nullable String text) {
        return text != null && RANGE.matcher(text).matches();
    }

    /// The address that `text` is; it must be one.
    public static Inet4Address parse(String text) {
        if (!address(text)) {
            throw new IllegalArgumentException("not an IPv4 address: " + text);
        }
        var parts = text.split("\\.");
        var bytes = new byte[4];
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i]);
        }
        try {
            return (Inet4Address) InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// The address at a distance from the start of a range: `("10.96.0.0/12", 10)` is `10.96.0.10`.
    public static String at(String range, int distance) {
        var bytes = parse(range.substring(0, range.indexOf('/'))).getAddress();
        var length = Integer.parseInt(range.substring(range.indexOf('/') + 1));
        var mask = length == 0 ? 0 : -1 << (32 - length);
        var value = 0;
        for (var octet : bytes) {
            value = (value << 8) | (octet & 0xff);
        }
        var sum = (value & mask) + distance;
        return "%d.%d.%d.%d"
                .formatted(sum >>> 24, (sum >>> 16) & 0xff, (sum >>> 8) & 0xff, sum & 0xff);
    }
}
