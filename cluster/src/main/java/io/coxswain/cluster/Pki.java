package io.coxswain.cluster;

import io.coxswain.base.Clock;
import io.coxswain.base.tls.CertificateAuthority;
import io.coxswain.base.tls.CertificateRequest;
import io.coxswain.base.tls.Pem;
import io.coxswain.base.tls.TlsIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/// The certificates and keys of a cluster, made on first start and kept under `pki/`.
///
/// One authority signs everything; each component has an identity of its own, with upstream's
/// names, so that RBAC can tell them apart.
public final class Pki {

    private static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3650);

    /// A certificate this close to its end is made anew at start.
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private final Path directory;
    private final Clock clock;
    private final CertificateAuthority authority;

    private Pki(Path directory, Clock clock, CertificateAuthority authority) {
        this.directory = directory;
        this.clock = clock;
        this.authority = authority;
    }

    /// Reads the authority, or makes one.
    public static Pki open(Path directory, Clock clock) {
        var certificate = directory.resolve("ca.crt");
        var key = directory.resolve("ca.key");
        if (Files.exists(key)) {
            return new Pki(directory, clock, CertificateAuthority.load(certificate, key, clock));
        }
        var authority = CertificateAuthority.create("kubernetes-ca", clock, AUTHORITY_VALIDITY);
        authority.save(certificate, key);
        return new Pki(directory, clock, authority);
    }

    public X509Certificate authority() {
        return authority.certificate();
    }

    /// Signs certificates that were asked for through the API.
    public CertificateAuthority signer() {
        return authority;
    }

    public List<X509Certificate> authorities() {
        return List.of(authority());
    }

    public String authorityPem() {
        return Pem.encode(authorities());
    }

    /// What the API server shows to clients: valid for its names and addresses.
    public TlsIdentity apiServer(List<String> dnsNames, List<InetAddress> addresses) {
        var request = CertificateRequest.server("kube-apiserver", dnsNames, addresses);
        return identity("apiserver", request);
    }

    /// What a kubelet shows to the API server.
    public TlsIdentity kubeletServing(String node, List<InetAddress> addresses) {
        var request = CertificateRequest.server("system:node:" + node, List.of(node), addresses);
        return identity("kubelet-serving", request.withOrganizations("system:nodes"));
    }

    /// Who the API server is to a kubelet.
    public TlsIdentity kubeletClient() {
        return identity(
                "apiserver-kubelet-client",
                CertificateRequest.client("kube-apiserver-kubelet-client"));
    }

    public TlsIdentity admin() {
        return identity("admin", CertificateRequest.client("kubernetes-admin", "system:masters"));
    }

    public TlsIdentity controllerManager() {
        return identity(
                "controller-manager", CertificateRequest.client("system:kube-controller-manager"));
    }

    public TlsIdentity scheduler() {
        return identity("scheduler", CertificateRequest.client("system:kube-scheduler"));
    }

    public TlsIdentity kubelet(String node) {
        return identity(
                "kubelet-" + node,
                CertificateRequest.client("system:node:" + node, "system:nodes"));
    }

    public TlsIdentity proxy() {
        return identity("proxy", CertificateRequest.client("system:kube-proxy"));
    }

    /// Who the API server is to extension servers. Of an authority of its own: nobody else can
    /// then say whose requests they pass on.
    public TlsIdentity frontProxy() {
        var request = CertificateRequest.client("front-proxy-client");
        return identity(frontProxyAuthority(), "front-proxy-client", request);
    }

    public String frontProxyAuthorityPem() {
        return Pem.encode(List.of(frontProxyAuthority().certificate()));
    }

    private CertificateAuthority frontProxyAuthority() {
        var certificate = directory.resolve("front-proxy-ca.crt");
        var key = directory.resolve("front-proxy-ca.key");
        if (Files.exists(key)) {
            return CertificateAuthority.load(certificate, key, clock);
        }
        var made = CertificateAuthority.create("front-proxy-ca", clock, AUTHORITY_VALIDITY);
        made.save(certificate, key);
        return made;
    }

    /// Signs service-account tokens.
    public KeyPair serviceAccountKeys() {
        var file = directory.resolve("sa.key");
        var publicFile = directory.resolve("sa.pub");
        if (Files.exists(file)) {
            return new KeyPair(
                    Pem.publicKeys(read(publicFile)).getFirst(), Pem.readPrivateKey(file));
        }
        var keys = CertificateAuthority.keyPair();
        Pem.writeSecret(file, Pem.encode(keys.getPrivate()));
        Pem.write(publicFile, Pem.encode(keys.getPublic()));
        return keys;
    }

    /// The stored identity if it is still good for what is asked, else a new one.
    private TlsIdentity identity(String name, CertificateRequest request) {
        return identity(authority, name, request);
    }

    private TlsIdentity identity(
            CertificateAuthority issuer, String name, CertificateRequest request) {
        var certificate = directory.resolve(name + ".crt");
        var key = directory.resolve(name + ".key");
        var note = directory.resolve(name + ".names");
        var names = request.toString();
        if (Files.exists(key) && Files.exists(note) && read(note).equals(names)) {
            var stored = TlsIdentity.load(certificate, key);
            if (fresh(stored)) {
                return stored;
            }
        }
        var issued = issuer.issue(request);
        issued.save(certificate, key);
        Pem.write(note, names);
        return issued;
    }

    private boolean fresh(TlsIdentity identity) {
        var end = identity.certificate().getNotAfter().toInstant();
        return end.isAfter(clock.now().plus(RENEW_BEFORE));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
