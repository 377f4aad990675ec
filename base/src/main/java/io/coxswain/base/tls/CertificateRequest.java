package io.coxswain.base.tls;

import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What a certificate shall say. In Kubernetes the common name is a user and each organization a
/// group.
public record CertificateRequest(
        String commonName,
        List<String> organizations,
        List<String> dnsNames,
        List<InetAddress> addresses,
        Set<Usage> usages,
        Duration validity) {

    private static final Duration YEAR = Duration.ofDays(365);

    /// What the key may be used for.
    public enum Usage {
        SERVER,
        CLIENT
    }

    public static CertificateRequest client(String commonName, String... organizations) {
        return new CertificateRequest(
                commonName,
                List.of(organizations),
                List.of(),
                List.of(),
                EnumSet.of(Usage.CLIENT),
                YEAR);
    }

    public static CertificateRequest server(
            String commonName, List<String> dnsNames, List<InetAddress> addresses) {
        return new CertificateRequest(
                commonName, List.of(), dnsNames, addresses, EnumSet.of(Usage.SERVER), YEAR);
    }

    public CertificateRequest withOrganizations(String... others) {
        return new CertificateRequest(
                commonName, List.of(others), dnsNames, addresses, usages, validity);
    }

    public CertificateRequest withUsages(Usage first, Usage... others) {
        return new CertificateRequest(
                commonName,
                organizations,
                dnsNames,
                addresses,
                EnumSet.of(first, others),
                validity);
    }

    public CertificateRequest withValidity(Duration other) {
        return new CertificateRequest(
                commonName, organizations, dnsNames, addresses, usages, other);
    }
}
