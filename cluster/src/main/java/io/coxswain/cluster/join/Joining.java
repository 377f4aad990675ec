package io.coxswain.cluster.join;

import io.coxswain.api.schema.ApiError;
import io.coxswain.base.Clock;
import io.coxswain.base.tls.CertificateRequest;
import io.coxswain.base.tls.TlsIdentity;
import io.coxswain.client.ApiClient;
import io.coxswain.cluster.Progress;
import io.coxswain.cluster.StartupException;
import io.coxswain.http.ClientOptions;
import io.coxswain.http.ClientTls;
import io.coxswain.http.HttpClient;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Joins a cluster: from a token to a client certificate of one's own.
///
/// @param servers of the cluster; the first that answers is joined through
/// @param pins of the authority's key; may be empty
public record Joining(List<URI> servers, JoinToken token, List<String> pins, String node) {

    private static final Duration APPROVAL_MAX = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration POLL = Duration.ofMillis(100);

    /// Throws [StartupException] when the cluster cannot be reached or believed, or refuses.
    public Membership join(Path directory, Progress progress, Clock clock) {
        if (pins.isEmpty()) {
            progress.say(
                    "No --discovery-token-ca-cert-hash was given: the cluster is believed because"
                            + " it knows the token.");
        }
        @Nullable StartupException reason = null;
        for (var server : servers) {
            try {
                return join(server, directory, progress, clock);
            } catch (StartupException e) {
                reason = reason == null ? e : reason;
            }
        }
        throw reason == null ? new StartupException("no server is given") : reason;
    }

    private Membership join(URI server, Path directory, Progress progress, Clock clock) {
        var authorities = ClusterInfo.discover(server, token, pins);
        progress.done("cluster found and verified");
        var options =
                ClientOptions.DEFAULT
                        .withTls(ClientTls.trusting(authorities))
                        .withToken(token::text);
        try (var http = HttpClient.to(server, options)) {
            var identity = certificate(new ApiClient(http, "cox-agent"), progress, clock);
            progress.done("client certificate received");
            return Membership.create(servers, node, directory, authorities, identity);
        } catch (ApiError e) {
            throw refused(e);
        } catch (UncheckedIOException e) {
            throw new StartupException("cannot reach " + server + ": " + ClusterInfo.reason(e));
        }
    }

    private TlsIdentity certificate(ApiClient client, Progress progress, Clock clock) {
        var wanted = CertificateRequest.client(Membership.name(node), "system:nodes");
        var order = CertificateOrder.place(client, CertificateOrder.CLIENT, wanted);
        var start = clock.nanos();
        var told = false;
        while (clock.nanos() - start < APPROVAL_MAX.toNanos()) {
            var identity = order.delivered(client);
            if (identity != null) {
                return identity;
            }
            if (!told && clock.nanos() - start > PATIENCE.toNanos()) {
                told = true;
                progress.say(
                        "Waiting for the approval of the certificate signing request "
                                + order.name()
                                + " (kubectl certificate approve "
                                + order.name()
                                + ") …");
            }
            LockSupport.parkNanos(POLL.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw new StartupException("interrupted");
            }
        }
        throw new StartupException(
                "the certificate signing request " + order.name() + " was not approved in time");
    }

    private StartupException refused(ApiError e) {
        return e.status().code() == 401
                ? new StartupException(
                        "the cluster does not accept the token "
                                + token.id()
                                + ": it may not be used for authentication, or has just expired")
                : new StartupException(
                        "the cluster does not let this machine join: " + e.getMessage());
    }
}
