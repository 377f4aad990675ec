package io.coxswain.apiserver.services;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/// A range of IPv4 addresses in CIDR form, for example `10.96.0.0/12`.
///
/// @param first the network address, as a number
/// @param size how many addresses
public record AddressRange(long first, long size) {

    /// Throws [IllegalArgumentException] for anything that is no IPv4 CIDR.
    public static AddressRange parse(String cidr) {
        var parts = cidr.split("/", -1);
        if (parts.length != 2 || !parts[1].matches("[0-9]{1,2}")) {
            throw new IllegalArgumentException("invalid CIDR address: " + cidr);
        }
        var bits = Integer.parseInt(parts[1]);
        if (bits > 32) {
            throw new IllegalArgumentException("invalid CIDR address: " + cidr);
        }
        var size = 1L << (32 - bits);
        return new AddressRange(number(parts[0]) & -size, size);
    }

    /// The address `offset` places after the first one; 1 is the API server's, 10 the cluster
    /// DNS's.
    public String at(long offset) {
        var bytes = ByteBuffer.allocate(4).putInt((int) (first + offset)).array();
        return (bytes[0] & 255)
                + "."
                + (bytes[1] & 255)
                + "."
                + (bytes[2] & 255)
                + "."
                + (bytes[3] & 255);
    }

    /// The range in CIDR form.
    public String cidr() {
        return at(0) + "/" + (32 - Long.numberOfTrailingZeros(size));
    }

    public boolean contains(String address) {
        if (!address.matches("[0-9.]+")) {
            return false;
        }
        var number = number(address);
        return number >= first && number < first + size;
    }

    private static long number(String address) {
        if (!address.matches("([0-9]{1,3}\\.){3}[0-9]{1,3}")) {
            throw new IllegalArgumentException("invalid IPv4 address: " + address);
        }
        try {
            // An address in digits is parsed, never looked up.
            return Integer.toUnsignedLong(
                    ByteBuffer.wrap(InetAddress.getByName(address).getAddress()).getInt());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("invalid IPv4 address: " + address, e);
        }
    }
}
