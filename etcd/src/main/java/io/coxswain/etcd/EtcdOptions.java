package io.coxswain.etcd;

import io.coxswain.storage.state.Limits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How to reach an etcd cluster and what to keep there.
///
/// @param servers `http://host:port` or `https://host:port`, of one or more members
/// @param prefix what every key begins with: `/registry`
/// @param tls how to talk to `https` members
/// @param history how much history is kept in memory for watches and past snapshots
/// @param compactEvery how old history in etcd gets; zero when somebody else compacts it
public record EtcdOptions(
        List<URI> servers, String prefix, Tls tls, Limits history, Duration compactEvery) {

    /// What upstream does.
    public static final Duration COMPACT_EVERY = Duration.ofMinutes(5);

    public static final String PREFIX = "/registry";

    /// Files in PEM; null for what the Java runtime trusts, and for no client certificate.
    public record Tls(@Nullable Path authorities, @Nullable Path certificate, @Nullable Path key) {

        public static final Tls NONE = new Tls(null, null, null);
    }

    public EtcdOptions {
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one etcd server");
        }
        for (var server : servers) {
            if (server.getHost() == null || server.getPort() < 0) {
                throw new IllegalArgumentException(server + " is not http(s)://host:port");
            }
        }
        if (!prefix.startsWith("/")) {
            prefix = "/" + prefix;
        }
        while (prefix.endsWith("/")) {
            prefix = prefix.substring(0, prefix.length() - 1);
        }
    }

    public static EtcdOptions of(List<URI> servers) {
        return new EtcdOptions(servers, PREFIX, Tls.NONE, Limits.DEFAULT, COMPACT_EVERY);
    }

    public EtcdOptions withPrefix(String other) {
        return new EtcdOptions(servers, other, tls, history, compactEvery);
    }

    public EtcdOptions withTls(Tls other) {
        return new EtcdOptions(servers, prefix, other, history, compactEvery);
    }

    public EtcdOptions withCompactEvery(Duration every) {
        return new EtcdOptions(servers, prefix, tls, history, every);
    }
}
