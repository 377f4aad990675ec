package io.coxswain.apiserver.admission;

import io.coxswain.api.certificates.CertificateSigningRequest;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.admission.AdmissionRequest.Operation;
import io.coxswain.apiserver.authorization.Attributes;
import io.coxswain.apiserver.authorization.Authorizer;
import io.coxswain.base.tls.SigningRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Approving and signing need a right on the signer that the request names, and nobody gets a
/// client certificate of `system:masters`.
public record CertificateSigners(Authorizer authorizer, String part) implements AdmissionPlugin {

    private static final String GROUP = "certificates.k8s.io";
    private static final String RESOURCE = "certificatesigningrequests";
    private static final String CLIENT_SIGNER = "kubernetes.io/kube-apiserver-client";

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        if (!(object instanceof CertificateSigningRequest updated)) {
            return;
        }
        if (request.operation() == Operation.CREATE && part.isEmpty()) {
            checkSubject(updated);
        }
        if (request.operation() != Operation.UPDATE
                || part.isEmpty()
                || !request.subresource().equals(part)
                || !(request.old() instanceof CertificateSigningRequest old)) {
            return;
        }
        if (part.equals("approval")) {
            check(request, "approve", old);
        } else if (signs(old, updated)) {
            check(request, "sign", old);
        }
    }

    private static boolean signs(CertificateSigningRequest old, CertificateSigningRequest updated) {
        return !Arrays.equals(old.status().certificate(), updated.status().certificate())
                || !old.status().conditions().equals(updated.status().conditions());
    }

    private void check(AdmissionRequest<?> request, String verb, CertificateSigningRequest asked) {
        var signer = asked.spec().signerName();
        var domain = signer.substring(0, Math.max(0, signer.indexOf('/'))) + "/*";
        if (!may(request.user(), verb, signer) && !may(request.user(), verb, domain)) {
            throw Errors.forbidden(
                    GROUP,
                    RESOURCE,
                    request.name(),
                    "user not permitted to "
                            + verb
                            + " requests with signerName \""
                            + signer
                            + "\"");
        }
    }

    private boolean may(User user, String verb, String signer) {
        var right = new Attributes(user, verb, GROUP, "", "signers", "", signer, "");
        return authorizer.authorize(right) instanceof Authorizer.Allowed;
    }

    private static void checkSubject(CertificateSigningRequest request) {
        if (!request.spec().signerName().equals(CLIENT_SIGNER)) {
            return;
        }
        var pem = new String(request.spec().request(), StandardCharsets.US_ASCII);
        if (SigningRequest.parse(pem).organizations().contains(User.MASTERS)) {
            throw Errors.forbidden(
                    GROUP,
                    RESOURCE,
                    request.name(),
                    "use of " + CLIENT_SIGNER + " signer with system:masters group is not allowed");
        }
    }
}
