package io.coxswain.cluster.join;

import io.coxswain.api.certificates.CertificateSigningRequest;
import io.coxswain.api.certificates.CertificateSigningRequest.CertificateSigningRequestSpec;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.base.tls.CertificateAuthority;
import io.coxswain.base.tls.CertificateRequest;
import io.coxswain.base.tls.Pem;
import io.coxswain.base.tls.SigningRequest;
import io.coxswain.base.tls.TlsIdentity;
import io.coxswain.client.Client;
import io.coxswain.cluster.StartupException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A certificate that was asked for and may not be there yet. The key never leaves this process.
final class CertificateOrder {

    static final String CLIENT = "kubernetes.io/kube-apiserver-client-kubelet";
    static final String SERVING = "kubernetes.io/kubelet-serving";

    private final KeyPair keys;
    private final String name;

    private CertificateOrder(KeyPair keys, String name) {
        this.keys = keys;
        this.name = name;
    }

    /// Sends the request. Throws [io.coxswain.api.schema.ApiError] when it is not accepted.
    static CertificateOrder place(Client client, String signer, CertificateRequest wanted) {
        var keys = CertificateAuthority.keyPair();
        var pem = SigningRequest.create(keys, wanted).getBytes(StandardCharsets.US_ASCII);
        var purpose = signer.equals(SERVING) ? "server auth" : "client auth";
        var spec =
                Edit.of(CertificateSigningRequestSpec.class)
                        .set(CertificateSigningRequestSpec::request, pem)
                        .set(CertificateSigningRequestSpec::signerName, signer)
                        .set(
                                CertificateSigningRequestSpec::usages,
                                List.of("digital signature", purpose))
                        .done();
        var metadata =
                Edit.of(ObjectMeta.class)
                        .set(
                                ObjectMeta::generateName,
                                signer.equals(SERVING) ? "csr-" : "node-csr-")
                        .done();
        var request =
                Edit.of(CertificateSigningRequest.class)
                        .set(CertificateSigningRequest::metadata, metadata)
                        .set(CertificateSigningRequest::spec, spec)
                        .done();
        return new CertificateOrder(keys, client.create(request).name());
    }

    String name() {
        return name;
    }

    /// What was asked for, if it is there. Throws [StartupException] when it never will be.
    @Nullable TlsIdentity delivered(Client client) {
        var request = client.find(CertificateSigningRequest.class, "", name);
        if (request == null) {
            throw new StartupException("the certificate signing request " + name + " is gone");
        }
        for (var condition : request.status().conditions()) {
            if (condition.type().equals("Denied") || condition.type().equals("Failed")) {
                throw new StartupException(
                        "the certificate signing request %s was %s: %s (%s)"
                                .formatted(
                                        name,
                                        condition.type().equals("Denied") ? "denied" : "failed",
                                        condition.message(),
                                        condition.reason()));
            }
        }
        var certificate = request.status().certificate();
        if (certificate.length == 0) {
            return null;
        }
        return new TlsIdentity(
                keys.getPrivate(),
                Pem.certificates(new String(certificate, StandardCharsets.US_ASCII)));
    }
}
