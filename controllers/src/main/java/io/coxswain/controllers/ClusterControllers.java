package io.coxswain.controllers;

import io.coxswain.api.certificates.CertificateSigningRequest;
import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Node;
import io.coxswain.api.core.Secret;
import io.coxswain.base.tls.CertificateAuthority;
import io.coxswain.client.Client;
import io.coxswain.client.controller.Registration;
import io.coxswain.controllers.bootstrap.BootstrapSigner;
import io.coxswain.controllers.bootstrap.TokenCleaner;
import io.coxswain.controllers.certificates.CertificateApproval;
import io.coxswain.controllers.certificates.CertificateCleaner;
import io.coxswain.controllers.certificates.CertificateSigning;
import io.coxswain.controllers.certificates.Permission;
import io.coxswain.controllers.node.NodeAddressing;
import java.time.Duration;
import java.util.List;

/// The controllers of a cluster that machines join: tokens, certificates, pod addresses.
public final class ClusterControllers {

    private ClusterControllers() {}

    /// Tokens and what is signed with them; and signing requests, as far as they need no authority.
    ///
    /// @param client asks who may have which certificate
    public static List<Registration<?>> joining(Client client) {
        return List.of(
                Registration.of("bootstrap-signer", ConfigMap.class, new BootstrapSigner())
                        .watches(Secret.class, BootstrapSigner::ofToken),
                Registration.of("token-cleaner", Secret.class, new TokenCleaner()),
                Registration.of(
                                "csrapproving",
                                CertificateSigningRequest.class,
                                new CertificateApproval(Permission.reviewedBy(client)))
                        .reads(Node.class),
                Registration.of(
                        "csrcleaner", CertificateSigningRequest.class, new CertificateCleaner()));
    }

    /// Signs with the cluster's authority.
    ///
    /// @param longest how long a certificate is good for at most
    public static Registration<?> signing(CertificateAuthority authority, Duration longest) {
        return Registration.of(
                "csrsigning",
                CertificateSigningRequest.class,
                new CertificateSigning(authority, longest));
    }

    /// Throws [IllegalArgumentException] for a range that cannot be cut like that.
    public static Registration<?> nodeAddresses(String clusterCidr, int nodeMaskSize) {
        return Registration.of(
                "node-ipam", Node.class, new NodeAddressing(clusterCidr, nodeMaskSize));
    }
}
