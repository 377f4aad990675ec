package io.coxswain.http;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Several servers of one cluster as one. A request goes to the server in use; when that one cannot
/// be reached the next is used from then on.
///
/// A request that a server may have acted on is not sent to another, unless it only reads.
public final class FailoverTransport implements Transport {

    private static final Logger LOG = LoggerFactory.getLogger(FailoverTransport.class);
    private static final int ROUNDS = 2;

    private final List<? extends Transport> servers;
    private final AtomicInteger inUse = new AtomicInteger();

    /// @param servers at least one; closed with this
    public FailoverTransport(List<? extends Transport> servers) {
        this.servers = List.copyOf(servers);
    }

    @Override
    public Exchange open(Request request) {
        return first(request, server -> server.open(request));
    }

    @Override
    public Upgrade upgrade(Request request) {
        return first(request, server -> server.upgrade(request));
    }

    private <T> T first(Request request, Function<Transport, T> send) {
        for (var attempt = 1; ; attempt++) {
            var index = inUse.get();
            try {
                return send.apply(servers.get(Math.floorMod(index, servers.size())));
            } catch (UncheckedIOException failure) {
                if (servers.size() > 1 && inUse.compareAndSet(index, index + 1)) {
                    LOG.info("using another server: {}", String.valueOf(failure.getCause()));
                }
                if (attempt == ROUNDS * servers.size() || !harmless(request, failure)) {
                    throw failure;
                }
            }
        }
    }

    private static boolean harmless(Request request, UncheckedIOException failure) {
        if (request.method().equals("GET") || request.method().equals("HEAD")) {
            return true;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnprocessedException || cause instanceof ConnectException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        servers.forEach(Transport::close);
    }
}
