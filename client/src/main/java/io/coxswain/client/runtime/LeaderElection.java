package io.coxswain.client.runtime;

import io.coxswain.api.coordination.Lease;
import io.coxswain.api.coordination.Lease.LeaseSpec;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.client.Client;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One candidate for a lease. Tries to take the lease, renews it while it holds it, and says when
/// it has become the leader and when it is one no longer.
///
/// Whether another's lease has run out is judged by this process' own clock, from when the lease
/// was last *seen* to change: clocks of two machines are never compared. A leader that could not
/// renew steps down before anyone else may take over, as its deadline is shorter than the lease.
public final class LeaderElection implements Loop {

    private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);
    private static final double JITTER = 1.2;

    private final Client client;
    private final Clock clock;
    private final RandomGenerator random;
    private final Candidacy candidacy;
    private final Runnable onElected;
    private final Runnable onLost;

    private @Nullable LeaseSpec seen;
    private Instant seenAt = Instant.MIN;
    private Instant renewedAt = Instant.MIN;
    private volatile boolean leading;

    /// Who stands for which lease, and the timing.
    ///
    /// @param lease how long a lease that is not renewed keeps others out
    /// @param renewDeadline how long a leader goes on without having renewed
    /// @param retry how often everyone tries
    public record Candidacy(
            String namespace,
            String name,
            String identity,
            Duration lease,
            Duration renewDeadline,
            Duration retry) {

        public static Candidacy of(String namespace, String name, String identity) {
            return new Candidacy(
                    namespace,
                    name,
                    identity,
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(2));
        }
    }

    public LeaderElection(
            Client client,
            Clock clock,
            RandomGenerator random,
            Candidacy candidacy,
            Runnable onElected,
            Runnable onLost) {
        this.client = client;
        this.clock = clock;
        this.random = random;
        this.candidacy = candidacy;
        this.onElected = onElected;
        this.onLost = onLost;
    }

    public boolean leading() {
        return leading;
    }

    @Override
    public Next runOnce() {
        if (tryToHold()) {
            renewedAt = clock.now();
            if (!leading) {
                leading = true;
                LOG.info("{} leads {}", candidacy.identity(), candidacy.name());
                onElected.run();
            }
            return Next.in(clock, candidacy.retry());
        }
        if (leading && !renewedAt.plus(candidacy.renewDeadline()).isAfter(clock.now())) {
            leading = false;
            LOG.warn("{} no longer leads {}", candidacy.identity(), candidacy.name());
            onLost.run();
        }
        var retry = candidacy.retry().toMillis();
        var wait = leading ? retry : (long) (retry * (1 + JITTER * random.nextDouble()));
        return Next.in(clock, Duration.ofMillis(wait));
    }

    /// Gives the lease up, so that another candidate need not wait until it runs out.
    public void release() {
        if (!leading) {
            return;
        }
        leading = false;
        try {
            var lease = client.find(Lease.class, candidacy.namespace(), candidacy.name());
            if (lease != null && candidacy.identity().equals(lease.spec().holderIdentity())) {
                var now = clock.now();
                var free =
                        Edit.of(lease.spec())
                                .set(LeaseSpec::holderIdentity, "")
                                .set(LeaseSpec::leaseDurationSeconds, 1)
                                .set(LeaseSpec::renewTime, now)
                                .done();
                client.update(new Lease(lease.metadata(), free));
            }
        } catch (ApiError | UncheckedIOException error) {
            LOG.debug("could not release {}: {}", candidacy.name(), error.getMessage());
        }
    }

    private boolean tryToHold() {
        try {
            var lease = client.find(Lease.class, candidacy.namespace(), candidacy.name());
            if (lease == null) {
                return see(client.create(first()));
            }
            if (!lease.spec().equals(seen)) {
                see(lease);
            }
            if (heldByAnother(lease.spec())) {
                return false;
            }
            return see(client.update(new Lease(lease.metadata(), next(lease.spec()))));
        } catch (ApiError | UncheckedIOException error) {
            LOG.debug("lease {}: {}", candidacy.name(), error.getMessage());
            return false;
        }
    }

    private boolean see(Lease lease) {
        seen = lease.spec();
        seenAt = clock.now();
        return true;
    }

    private boolean heldByAnother(LeaseSpec spec) {
        var holder = spec.holderIdentity();
        if (holder == null || holder.isEmpty() || holder.equals(candidacy.identity())) {
            return false;
        }
        var seconds = spec.leaseDurationSeconds();
        var lease = seconds == null ? candidacy.lease() : Duration.ofSeconds(seconds);
        return seenAt.plus(lease).isAfter(clock.now());
    }

    private Lease first() {
        var metadata =
                Edit.of(ObjectMeta.class)
                        .set(ObjectMeta::namespace, candidacy.namespace())
                        .set(ObjectMeta::name, candidacy.name())
                        .done();
        var now = now();
        return new Lease(metadata, spec(now, now, 0));
    }

    private LeaseSpec next(LeaseSpec before) {
        var now = now();
        var transitions = before.leaseTransitions() == null ? 0 : before.leaseTransitions();
        var acquired = before.acquireTime();
        if (candidacy.identity().equals(before.holderIdentity()) && acquired != null) {
            return spec(acquired, now, transitions);
        }
        return spec(now, now, transitions + 1);
    }

    private LeaseSpec spec(Instant acquired, Instant renewed, int transitions) {
        return new LeaseSpec(
                candidacy.identity(),
                (int) candidacy.lease().toSeconds(),
                acquired,
                renewed,
                transitions,
                null,
                null);
    }

    private Instant now() {
        return clock.now().truncatedTo(ChronoUnit.MICROS);
    }
}
