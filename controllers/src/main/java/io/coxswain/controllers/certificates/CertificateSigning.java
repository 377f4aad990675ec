package io.coxswain.controllers.certificates;

import io.coxswain.api.certificates.CertificateSigningRequest;
import io.coxswain.api.certificates.CertificateSigningRequest.CertificateSigningRequestStatus;
import io.coxswain.api.schema.Edit;
import io.coxswain.base.tls.CertificateAuthority;
import io.coxswain.base.tls.CertificateRequest.Usage;
import io.coxswain.base.tls.Pem;
import io.coxswain.base.tls.SigningRequest;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Signs what was approved, for the signers of Kubernetes itself. A request that a signer's rules
/// do not allow fails, whoever approved it.
public final class CertificateSigning implements Controller<CertificateSigningRequest> {

    private static final Duration SHORTEST = Duration.ofMinutes(10);
    private static final Set<String> CLIENT_USAGES =
            Set.of("digital signature", "key encipherment", "client auth");

    private final CertificateAuthority authority;
    private final Duration longest;

    /// @param longest how long a certificate is good for at most, and unless asked for less
    public CertificateSigning(CertificateAuthority authority, Duration longest) {
        this.authority = authority;
        this.longest = longest;
    }

    @Override
    public Plan reconcile(CertificateSigningRequest request, View view) {
        if (request.deleting()
                || request.status().certificate().length > 0
                || !Requests.has(request, "Approved")
                || Requests.has(request, "Denied")
                || Requests.has(request, "Failed")) {
            return Plan.NOTHING;
        }
        return switch (request.spec().signerName()) {
            case Requests.CLIENT,
                    Requests.KUBELET_CLIENT,
                    Requests.KUBELET_SERVING,
                    Requests.LEGACY ->
                    sign(request, view);
            default -> Plan.NOTHING;
        };
    }

    private Plan sign(CertificateSigningRequest request, View view) {
        var asked = Requests.content(request);
        var fault = asked == null ? "unable to parse csr" : fault(asked, request);
        if (asked == null || !fault.isEmpty()) {
            return fail(request, fault, view);
        }
        var certificate = authority.sign(asked, usages(request), validity(request));
        var status =
                Edit.with(
                        request.status(),
                        CertificateSigningRequestStatus::certificate,
                        Pem.encode(List.of(certificate)).getBytes(StandardCharsets.US_ASCII));
        return Plan.of(
                Step.updateStatus(Edit.with(request, CertificateSigningRequest::status, status)));
    }

    private static String fault(SigningRequest asked, CertificateSigningRequest request) {
        var usages = request.spec().usages();
        return switch (request.spec().signerName()) {
            case Requests.KUBELET_CLIENT -> Requests.faultAsKubeletClient(asked, usages);
            case Requests.KUBELET_SERVING -> Requests.faultAsKubeletServing(asked, usages);
            case Requests.CLIENT ->
                    usages.contains("client auth") && CLIENT_USAGES.containsAll(usages)
                            ? ""
                            : "usages did not match [client auth digital signature key"
                                    + " encipherment]";
            default -> "";
        };
    }

    private static Set<Usage> usages(CertificateSigningRequest request) {
        var usages = EnumSet.noneOf(Usage.class);
        if (request.spec().usages().contains("client auth")) {
            usages.add(Usage.CLIENT);
        }
        if (request.spec().usages().contains("server auth")) {
            usages.add(Usage.SERVER);
        }
        return usages;
    }

    private Duration validity(CertificateSigningRequest request) {
        var seconds = request.spec().expirationSeconds();
        var wanted = seconds == null ? longest : Duration.ofSeconds(seconds);
        if (wanted.compareTo(longest) > 0) {
            return longest;
        }
        return wanted.compareTo(SHORTEST) < 0 ? SHORTEST : wanted;
    }

    private static Plan fail(CertificateSigningRequest request, String fault, View view) {
        var conditions = new ArrayList<>(request.status().conditions());
        conditions.add(Requests.condition("Failed", "SignerValidationFailure", fault, view.now()));
        var status =
                Edit.with(
                        request.status(), CertificateSigningRequestStatus::conditions, conditions);
        return Plan.of(
                Step.updateStatus(Edit.with(request, CertificateSigningRequest::status, status)));
    }
}
