package io.coxswain.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Where and how a server listens.
///
/// @param name for threads and logs
/// @param tls null for plain HTTP
/// @param goAwayChance how likely a request is to make its HTTP/2 connection the last of its
///     client's to this server, so that clients spread over several servers; 0 for never
public record ServerOptions(
        String name,
        InetSocketAddress address,
        @Nullable ServerTls tls,
        Limits limits,
        Patience patience,
        double goAwayChance) {

    /// With all the patience there is.
    public ServerOptions(
            String name, InetSocketAddress address, @Nullable ServerTls tls, Limits limits) {
        this(name, address, tls, limits, Patience.UNLIMITED, 0);
    }

    /// Plain HTTP.
    public static ServerOptions at(InetSocketAddress address) {
        return new ServerOptions("http", address, null, Limits.DEFAULT);
    }

    /// Plain HTTP on any free port of the loopback interface.
    public static ServerOptions loopback() {
        return at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public ServerOptions withTls(ServerTls other) {
        return new ServerOptions(name, address, other, limits, patience, goAwayChance);
    }

    public ServerOptions withLimits(Limits other) {
        return new ServerOptions(name, address, tls, other, patience, goAwayChance);
    }

    public ServerOptions withName(String other) {
        return new ServerOptions(other, address, tls, limits, patience, goAwayChance);
    }

    public ServerOptions withPatience(Patience other) {
        return new ServerOptions(name, address, tls, limits, other, goAwayChance);
    }

    public ServerOptions withGoAwayChance(double other) {
        return new ServerOptions(name, address, tls, limits, patience, other);
    }
}
