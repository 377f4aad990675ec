package io.coxswain.api.certificates;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.PatchReplace;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Kind(
        group = "certificates.k8s.io",
        version = "v1",
        plural = "certificatesigningrequests",
        shortNames = "csr",
        scope = Scope.CLUSTER)
public record CertificateSigningRequest(
        ObjectMeta metadata,
        @Required CertificateSigningRequestSpec spec,
        CertificateSigningRequestStatus status)
        implements Resource {

    public record CertificateSigningRequestSpec(
            @Required byte[] request,
            @Required String signerName,
            @Nullable Integer expirationSeconds,
            List<String> usages,
            String username,
            String uid,
            List<String> groups,
            Map<String, List<String>> extra) {}

    public record CertificateSigningRequestStatus(
            @ListMap("type") @PatchReplace List<CertificateSigningRequestCondition> conditions,
            byte[] certificate) {}

    public record CertificateSigningRequestCondition(
            @Required String type,
            @Required String status,
            String reason,
            String message,
            @Nullable @Always Instant lastUpdateTime,
            @Nullable @Always Instant lastTransitionTime) {}

    public static final Strategy<CertificateSigningRequest> STRATEGY =
            Strategy.<CertificateSigningRequest>standard()
                    .withoutGeneration()
                    .subresources("status")
                    .resets("", "spec", "status")
                    .resets("approval", "spec", "status")
                    .beforeUpdate(RequestRules::keepAll)
                    .beforeStatusUpdate(RequestRules::newStatus)
                    .part("approval", RequestRules::newDecision, RequestRules::approval)
                    .validate(RequestRules::check)
                    .validateUpdate(RequestRules::update)
                    .validateStatusUpdate(RequestRules::status)
                    .fields(request -> Map.of("spec.signerName", request.spec().signerName()));
}
