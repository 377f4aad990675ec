package io.coxswain.controllers.certificates;

import io.coxswain.api.certificates.CertificateSigningRequest;
import io.coxswain.base.tls.Pem;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Deletes signing requests that are over: an hour after the decision, a day after nobody decided,
/// or as soon as the certificate has expired.
public final class CertificateCleaner implements Controller<CertificateSigningRequest> {

    private static final Duration DECIDED = Duration.ofHours(1);
    private static final Duration PENDING = Duration.ofDays(1);

    @Override
    public Plan reconcile(CertificateSigningRequest request, View view) {
        if (request.deleting()) {
            return Plan.NOTHING;
        }
        var end = end(request);
        if (end == null) {
            return Plan.NOTHING;
        }
        return view.now().isBefore(end)
                ? Plan.NOTHING.again(Duration.between(view.now(), end))
                : Plan.of(Step.delete(request));
    }

    private static @Nullable Instant end(CertificateSigningRequest request) {
        var created = request.metadata().creationTimestamp();
        var end = created == null ? null : created.plus(PENDING);
        for (var type : List.of("Approved", "Denied", "Failed")) {
            var condition = Requests.condition(request, type);
            if (condition != null && condition.lastUpdateTime() != null) {
                end = condition.lastUpdateTime().plus(DECIDED);
            }
        }
        var expires = expires(request.status().certificate());
        return expires != null && (end == null || expires.isBefore(end)) ? expires : end;
    }

    private static @Nullable Instant expires(byte[] certificate) {
        if (certificate.length == 0) {
            return null;
        }
        try {
            return Pem.certificates(new String(certificate, StandardCharsets.US_ASCII))
                    .getFirst()
                    .getNotAfter()
                    .toInstant();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
