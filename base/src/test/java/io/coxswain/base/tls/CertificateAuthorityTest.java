package io.coxswain.base.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.base.ManualClock;
import io.coxswain.base.tls.CertificateRequest.Usage;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final ManualClock clock = new ManualClock(NOW);
    private final CertificateAuthority authority =
            CertificateAuthority.create("kubernetes", clock, Duration.ofDays(3650));

    @Test
    void issuesACertificateThatSaysWhatWasAsked() throws Exception {
        var request =
                CertificateRequest.server(
                                "kube-apiserver",
                                List.of("kubernetes", "kubernetes.default.svc"),
                                List.of(InetAddress.ofLiteral("10.96.0.1")))
                        .withUsages(Usage.SERVER, Usage.CLIENT);

        var certificate = authority.issue(request).certificate();

        certificate.verify(authority.certificate().getPublicKey());
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=kube-apiserver");
        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> name.get(1).toString())
                .containsExactly("kubernetes", "kubernetes.default.svc", "10.96.0.1");
        assertThat(certificate.getExtendedKeyUsage())
                .containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getNotAfter()).isEqualTo(Date.from(NOW.plus(Duration.ofDays(365))));
    }

    @Test
    void putsGroupsIntoOrganizations() {
        var certificate =
                authority.issue(CertificateRequest.client("admin", "system:masters")).certificate();

        assertThat(certificate.getSubjectX500Principal().getName())
                .isEqualTo("CN=admin,O=system:masters");
    }

    @Test
    void neverIssuesBeyondItsOwnEnd() {
        var certificate =
                authority
                        .issue(
                                CertificateRequest.client("node")
                                        .withValidity(Duration.ofDays(9999)))
                        .certificate();

        assertThat(certificate.getNotAfter()).isEqualTo(authority.certificate().getNotAfter());
    }

    @Test
    void signsARequestWithItsNames() throws Exception {
        var pair = CertificateAuthority.keyPair();
        var wanted =
                CertificateRequest.server(
                                "system:node:n1",
                                List.of("n1"),
                                List.of(InetAddress.ofLiteral("192.0.2.7")))
                        .withOrganizations("system:nodes");
        var request = SigningRequest.parse(SigningRequest.create(pair, wanted));

        var certificate = authority.sign(request, Set.of(Usage.SERVER), Duration.ofHours(1));

        assertThat(request.commonName()).isEqualTo("system:node:n1");
        assertThat(request.organizations()).containsExactly("system:nodes");
        assertThat(request.dnsNames()).containsExactly("n1");
        assertThat(request.addresses()).containsExactly("192.0.2.7");
        assertThat(certificate.getPublicKey()).isEqualTo(pair.getPublic());
        assertThat(certificate.getSubjectAlternativeNames()).hasSize(2);
        certificate.verify(authority.certificate().getPublicKey());
    }

    @Test
    void refusesARequestThatIsNotSignedByItsKey() {
        var pair = CertificateAuthority.keyPair();
        var pem = SigningRequest.create(pair, CertificateRequest.client("somebody"));
        var der = Pem.decode(pem, "CERTIFICATE REQUEST");
        der[der.length - 1] ^= 1;

        assertThatThrownBy(() -> SigningRequest.parse(Pem.block("CERTIFICATE REQUEST", der)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SigningRequest.parse("nothing"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void savesKeysSoThatOnlyTheOwnerReadsThem(@TempDir Path directory) throws Exception {
        var certificateFile = directory.resolve("pki/ca.crt");
        var keyFile = directory.resolve("pki/ca.key");

        authority.save(certificateFile, keyFile);
        var loaded = CertificateAuthority.load(certificateFile, keyFile, clock);

        assertThat(loaded.certificate()).isEqualTo(authority.certificate());
        assertThat(loaded.identity().key()).isEqualTo(authority.identity().key());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile)))
                .isEqualTo("rw-------");
        loaded.issue(CertificateRequest.client("x"))
                .certificate()
                .verify(authority.certificate().getPublicKey());
    }

    @Test
    void readsKeysOfEitherKind() throws Exception {
        var rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        var ec = CertificateAuthority.keyPair();

        assertThat(Pem.privateKey(Pem.encode(rsa.getPrivate()))).isEqualTo(rsa.getPrivate());
        assertThat(Pem.privateKey(Pem.encode(ec.getPrivate()))).isEqualTo(ec.getPrivate());
        assertThat(Pem.publicKeys(Pem.encode(rsa.getPublic()) + Pem.encode(ec.getPublic())))
                .containsExactly(rsa.getPublic(), ec.getPublic());
    }

    @Test
    void readsTheOlderKeyFormats() {
        var ec = CertificateAuthority.keyPair();
        var older =
                org.bouncycastle.asn1.pkcs.PrivateKeyInfo.getInstance(ec.getPrivate().getEncoded());
        byte[] der;
        try {
            var sec1 = org.bouncycastle.asn1.sec.ECPrivateKey.getInstance(older.parsePrivateKey());
            der =
                    new org.bouncycastle.asn1.sec.ECPrivateKey(
                                    256,
                                    sec1.getKey(),
                                    older.getPrivateKeyAlgorithm().getParameters())
                            .getEncoded();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }

        var read = (ECPrivateKey) Pem.privateKey(Pem.block("EC PRIVATE KEY", der));

        assertThat(read.getS()).isEqualTo(((ECPrivateKey) ec.getPrivate()).getS());
    }

    @Test
    void refusesWhatIsNotAKeyWithoutRepeatingIt() {
        assertThatThrownBy(() -> Pem.privateKey("secret text"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> Pem.certificates(Pem.block("CERTIFICATE", new byte[] {1, 2})))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
