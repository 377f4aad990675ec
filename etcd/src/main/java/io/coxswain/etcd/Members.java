package io.coxswain.etcd;

import io.coxswain.base.Clock;
import io.coxswain.storage.StoreException;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The members of the etcd cluster as one: a call goes to the member in use, and to the next one
/// when that does not answer.
final class Members implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Members.class);

    /// Longer than a member waits for the others before it gives up by itself.
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(8);

    private static final Duration PAUSE_MIN = Duration.ofMillis(20);
    private static final Duration PAUSE_MAX = Duration.ofMillis(500);
    private static final int MESSAGE_BYTES_MAX = Integer.MAX_VALUE;

    private final List<Member> members;
    private final Clock clock;
    private final AtomicInteger inUse = new AtomicInteger();
    private volatile boolean closed;

    private Members(List<Member> members, Clock clock) {
        this.members = members;
        this.clock = clock;
    }

    /// Connects lazily. Throws [StoreException] when certificates cannot be read.
    static Members of(EtcdOptions options, Clock clock) {
        var members = new ArrayList<Member>();
        try {
            for (var server : options.servers()) {
                var credentials = credentials(server, options.tls());
                members.add(
                        new Member(
                                server,
                                channel(server, credentials),
                                channel(server, credentials)));
            }
        } catch (IOException | IllegalArgumentException e) {
            members.forEach(Member::close);
            throw new StoreException("the certificates for etcd cannot be used: " + e, e);
        }
        return new Members(List.copyOf(members), clock);
    }

    private static ChannelCredentials credentials(URI server, EtcdOptions.Tls tls)
            throws IOException {
        if (!"https".equals(server.getScheme())) {
            return InsecureChannelCredentials.create();
        }
        var credentials = TlsChannelCredentials.newBuilder();
        if (tls.authorities() != null) {
            credentials.trustManager(new File(tls.authorities().toString()));
        }
        if (tls.certificate() != null && tls.key() != null) {
            credentials.keyManager(
                    new File(tls.certificate().toString()), new File(tls.key().toString()));
        }
        return credentials.build();
    }

    private static ManagedChannel channel(URI server, ChannelCredentials credentials) {
        return Grpc.newChannelBuilderForAddress(server.getHost(), server.getPort(), credentials)
                .maxInboundMessageSize(MESSAGE_BYTES_MAX)
                .keepAliveTime(30, TimeUnit.SECONDS)
                .keepAliveTimeout(10, TimeUnit.SECONDS)
                .disableRetry()
                .build();
    }

    /// The member in use.
    Member current() {
        return members.get(Math.floorMod(inUse.get(), members.size()));
    }

    /// Uses the next member from now on, unless somebody has moved on from `failed` already.
    void leave(Member failed) {
        var index = inUse.get();
        if (members.get(Math.floorMod(index, members.size())).equals(failed)
                && inUse.compareAndSet(index, index + 1)
                && members.size() > 1) {
            LOG.info("etcd: from {} to {}", failed.server(), current().server());
        }
    }

    /// Calls until an answer comes, from whichever member, or `patience` is over. What is asked
    /// must be harmless when it happens twice. Throws [StoreException].
    <T> T call(Duration patience, Function<Member, T> question) {
        var end = clock.nanos() + patience.toNanos();
        var pause = PAUSE_MIN;
        while (true) {
            var member = current();
            try {
                return question.apply(member);
            } catch (StatusRuntimeException failure) {
                var left = end - clock.nanos();
                if (closed || !Failures.passing(failure) || left <= pause.toNanos()) {
                    throw Failures.sort(failure);
                }
                next(member, failure);
                clock.pause(pause);
                pause = min(pause.multipliedBy(2), PAUSE_MAX);
            }
        }
    }

    /// Moves on from a member that cannot be reached; one that says it has no leader is as good as
    /// any while the cluster elects.
    void next(Member member, StatusRuntimeException failure) {
        if (failure.getStatus().getCode() != Status.Code.RESOURCE_EXHAUSTED) {
            leave(member);
        }
    }

    static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    static long callMillis(Duration patience) {
        return Math.max(1, min(patience, CALL_TIMEOUT).toMillis());
    }

    boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        members.forEach(Member::close);
    }
}
