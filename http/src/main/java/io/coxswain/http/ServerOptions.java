package io.coxswain.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Where and how a server listens.
///
/// @param name for threads and logs
/// @param tls null for plain HTTP
public record ServerOptions(
        String name, InetSocketAddress address, @Nullable ServerTls tls, Limits limits) {

    /// Plain HTTP.
    public static ServerOptions at(InetSocketAddress address) {
        return new ServerOptions("http", address, null, Limits.DEFAULT);
    }

    /// Plain HTTP on any free port of the loopback interface.
    public static ServerOptions loopback() {
        return at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public ServerOptions withTls(ServerTls other) {
        return new ServerOptions(name, address, other, limits);
    }

    public ServerOptions withLimits(Limits other) {
        return new ServerOptions(name, address, tls, other);
    }

    public ServerOptions withName(String other) {
        return new ServerOptions(other, address, tls, limits);
    }
}
