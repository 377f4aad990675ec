package io.coxswain.cluster.join;

import io.coxswain.api.schema.ApiError;
import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.base.tls.CertificateRequest;
import io.coxswain.base.tls.TlsIdentity;
import io.coxswain.client.Client;
import io.coxswain.cluster.StartupException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one certificate of a kubelet good: asks for a new one when between 70 and 90 percent of
/// its time is over, at a moment of its own, so that the nodes of a cluster do not all come at
/// once.
public final class CertificateRenewal implements Loop {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateRenewal.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(30);
    private static final Duration ORDER_MAX = Duration.ofMinutes(15);

    private final Client client;
    private final Clock clock;
    private final RandomGenerator random;
    private final Wanted wanted;
    private final Consumer<TlsIdentity> onNew;

    private @Nullable CertificateOrder order;
    private Instant orderedAt = Instant.MIN;
    private Instant due;

    /// Which certificate, by whom signed.
    ///
    /// @param present the one there is; null when the first is still to come
    record Wanted(String signer, CertificateRequest request, @Nullable TlsIdentity present) {}

    CertificateRenewal(
            Client client,
            Clock clock,
            RandomGenerator random,
            Wanted wanted,
            Consumer<TlsIdentity> onNew) {
        this.client = client;
        this.clock = clock;
        this.random = random;
        this.wanted = wanted;
        this.onNew = onNew;
        var present = wanted.present();
        this.due = present == null ? Instant.MIN : renewal(present);
    }

    /// When the certificate is to be replaced.
    Instant due() {
        return due;
    }

    @Override
    public Next runOnce() {
        try {
            if (order == null) {
                if (clock.now().isBefore(due)) {
                    return Next.at(due);
                }
                order = CertificateOrder.place(client, wanted.signer(), wanted.request());
                orderedAt = clock.now();
            }
            return deliver(order);
        } catch (ApiError | UncheckedIOException | StartupException e) {
            LOG.warn("no certificate from {} yet: {}", wanted.signer(), e.getMessage());
            order = null;
            return Next.in(clock, RETRY);
        }
    }

    private Next deliver(CertificateOrder placed) {
        var identity = placed.delivered(client);
        if (identity == null) {
            if (clock.now().isAfter(orderedAt.plus(ORDER_MAX))) {
                order = null;
            }
            return Next.in(clock, POLL);
        }
        order = null;
        due = renewal(identity);
        LOG.info("new certificate from {}, to be renewed at {}", wanted.signer(), due);
        onNew.accept(identity);
        return Next.at(due);
    }

    private Instant renewal(TlsIdentity identity) {
        var certificate = identity.certificate();
        var start = certificate.getNotBefore().toInstant();
        var whole = Duration.between(start, certificate.getNotAfter().toInstant());
        var part = 0.7 + 0.2 * random.nextDouble();
        return start.plusMillis((long) (whole.toMillis() * part));
    }
}
