package io.coxswain.apiserver.cel.functions;

import io.coxswain.api.validation.Addresses;
import io.coxswain.apiserver.cel.CelFailure;
import io.coxswain.apiserver.cel.CelType;
import io.coxswain.apiserver.cel.Sized;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Kubernetes' addresses: `ip("10.0.0.1").isLoopback()`, `cidr("10.0.0.0/8").containsIP(…)`.
final class AddressFunctions {

    private AddressFunctions() {}

    /// An IP address.
    record Ip(InetAddress address) implements Opaque, Sized {

        @Override
        public CelType type() {
            return new CelType("net.IP");
        }

        @Override
        public long size() {
            return address.getAddress().length;
        }

        @Override
        public String toString() {
            return text(address);
        }
    }

    /// A block of addresses.
    record Cidr(Addresses.Block block) implements Opaque, Sized {

        @Override
        public CelType type() {
            return new CelType("net.CIDR");
        }

        @Override
        public long size() {
            return (block.prefix() + 7L) / 8;
        }

        @Override
        public String toString() {
            return text(block.base()) + "/" + block.prefix();
        }
    }

    static Library library() {
        return new Library()
                .declare(
                        "isIP(string): bool",
                        "ip(string): IP",
                        "ip.isCanonical(string): bool",
                        "IP.family(): int",
                        "IP.isUnspecified(): bool",
                        "IP.isLoopback(): bool",
                        "IP.isLinkLocalMulticast(): bool",
                        "IP.isLinkLocalUnicast(): bool",
                        "IP.isGlobalUnicast(): bool",
                        "string(IP): string",
                        "isCIDR(string): bool",
                        "cidr(string): CIDR",
                        "CIDR.containsIP(string): bool",
                        "CIDR.containsIP(IP): bool",
                        "CIDR.containsCIDR(string): bool",
                        "CIDR.containsCIDR(CIDR): bool",
                        "CIDR.ip(): IP",
                        "CIDR.masked(): CIDR",
                        "CIDR.prefixLength(): int",
                        "string(CIDR): string")
                .text("isIP", text -> Addresses.parse((String) text) != null)
                .text("ip", text -> ip((String) text))
                .text("ip.isCanonical", text -> ip((String) text).toString().equals(text))
                .function("ip", a -> a[0] instanceof Cidr(var x) ? new Ip(x.base()) : null)
                .function("family", a -> a[0] instanceof Ip(var x) ? family(x) : null)
                .function("isUnspecified", a -> is(a, InetAddress::isAnyLocalAddress))
                .function("isLoopback", a -> is(a, InetAddress::isLoopbackAddress))
                .function("isLinkLocalMulticast", a -> is(a, InetAddress::isMCLinkLocal))
                .function("isLinkLocalUnicast", a -> is(a, InetAddress::isLinkLocalAddress))
                .function("isGlobalUnicast", a -> is(a, AddressFunctions::globalUnicast))
                .text("isCIDR", text -> Addresses.parseBlock((String) text) != null)
                .text("cidr", text -> cidr((String) text))
                .function("containsIP", AddressFunctions::containsIp)
                .function("containsCIDR", AddressFunctions::containsCidr)
                .function("masked", a -> a[0] instanceof Cidr(var x) ? masked(x) : null)
                .function(
                        "prefixLength", a -> a[0] instanceof Cidr(var x) ? (long) x.prefix() : null)
                .function(
                        "string",
                        a -> a[0] instanceof Ip || a[0] instanceof Cidr ? a[0].toString() : null);
    }

    private static String text(InetAddress address) {
        return String.valueOf(Addresses.canonical(address.getHostAddress()));
    }

    private static Ip ip(String text) {
        var address = Addresses.parse(text);
        if (address == null) {
            throw new CelFailure(
                    "IP Address \""
                            + text
                            + "\" parse error during conversion from string: ParseAddr(\""
                            + text
                            + "\"): unable to parse IP");
        }
        return new Ip(address);
    }

    private static Cidr cidr(String text) {
        var block = Addresses.parseBlock(text);
        if (block == null) {
            throw new CelFailure(
                    "network address parse error during conversion from string: netip.ParsePrefix(\""
                            + text
                            + "\"): no '/'");
        }
        return new Cidr(block);
    }

    private static long family(InetAddress address) {
        return address instanceof Inet6Address ? 6 : 4;
    }

    private static @Nullable Object is(Object[] a, Predicate<InetAddress> test) {
        return a[0] instanceof Ip(var address) ? (Object) test.test(address) : null;
    }

    private static boolean globalUnicast(InetAddress address) {
        var broadcast = true;
        for (var part : address.getAddress()) {
            broadcast &= part == -1;
        }
        return !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isMulticastAddress()
                && !address.isLinkLocalAddress()
                && !(broadcast && family(address) == 4);
    }

    private static @Nullable Object containsIp(Object[] a) {
        if (!(a[0] instanceof Cidr(var block))) {
            return null;
        }
        var other = a[1] instanceof String text ? ip(text) : a[1];
        return other instanceof Ip(var address) ? (Object) block.contains(address) : null;
    }

    private static @Nullable Object containsCidr(Object[] a) {
        if (!(a[0] instanceof Cidr(var block))) {
            return null;
        }
        var other = a[1] instanceof String text ? cidr(text) : a[1];
        if (!(other instanceof Cidr(var inner))) {
            return null;
        }
        return inner.prefix() >= block.prefix()
                && block.contains(
                        masked(new Addresses.Block(inner.base(), block.prefix())).block().base());
    }

    private static Cidr masked(Addresses.Block block) {
        var bytes = block.base().getAddress();
        var bits = bytes.length * 8;
        var mask =
                BigInteger.ONE
                        .shiftLeft(bits)
                        .subtract(BigInteger.ONE.shiftLeft(bits - block.prefix()));
        var base = new BigInteger(1, bytes).and(mask).toByteArray();
        var masked = new byte[bytes.length];
        for (var i = 1; i <= Math.min(base.length, masked.length); i++) {
            masked[masked.length - i] = base[base.length - i];
        }
        try {
            return new Cidr(new Addresses.Block(InetAddress.getByAddress(masked), block.prefix()));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
