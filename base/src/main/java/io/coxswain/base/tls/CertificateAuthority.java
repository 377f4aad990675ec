package io.coxswain.base.tls;

import io.coxswain.base.Clock;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Issues certificates with a key and certificate of its own.
///
/// New keys are EC P-256. A certificate begins five minutes before the clock's time, for machines
/// whose clocks are behind, and never outlives its authority.
public final class CertificateAuthority {

    private static final Duration BACKDATED = Duration.ofMinutes(5);
    private static final int SERIAL_BITS = 159;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final TlsIdentity identity;
    private final Clock clock;

    public CertificateAuthority(TlsIdentity identity, Clock clock) {
        this.identity = identity;
        this.clock = clock;
    }

    /// A self-signed authority with a new key.
    public static CertificateAuthority create(String commonName, Clock clock, Duration validity) {
        var pair = keyPair();
        var subject = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
        var start = clock.now().minus(BACKDATED);
        try {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            subject,
                            serial(),
                            Date.from(start),
                            Date.from(clock.now().plus(validity)),
                            subject,
                            pair.getPublic());
            var usage = KeyUsage.digitalSignature | KeyUsage.keyEncipherment | KeyUsage.keyCertSign;
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
            var certificate = finish(builder, pair.getPrivate());
            return new CertificateAuthority(
                    new TlsIdentity(pair.getPrivate(), List.of(certificate)), clock);
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("certificate authority cannot be created", e);
        }
    }

    public static CertificateAuthority load(Path certificateFile, Path keyFile, Clock clock) {
        return new CertificateAuthority(TlsIdentity.load(certificateFile, keyFile), clock);
    }

    /// A new EC P-256 key pair.
    public static KeyPair keyPair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public X509Certificate certificate() {
        return identity.certificate();
    }

    public TlsIdentity identity() {
        return identity;
    }

    public void save(Path certificateFile, Path keyFile) {
        identity.save(certificateFile, keyFile);
    }

    /// A new key and the certificate that `request` describes.
    public TlsIdentity issue(CertificateRequest request) {
        var pair = keyPair();
        var certificate =
                sign(
                        subject(request),
                        pair.getPublic(),
                        alternativeNames(request),
                        request.usages(),
                        clock.now().plus(request.validity()));
        return new TlsIdentity(pair.getPrivate(), List.of(certificate));
    }

    /// Certifies the key, subject and alternative names of `request` as they are. Whether it may
    /// have them is for the caller to decide first.
    public X509Certificate sign(
            SigningRequest request, Set<CertificateRequest.Usage> usages, Duration validity) {
        try {
            var wanted = request.request();
            return sign(
                    wanted.getSubject(),
                    request.publicKey(),
                    SigningRequest.alternativeNames(wanted),
                    usages,
                    clock.now().plus(validity));
        } catch (IOException e) {
            throw new IllegalArgumentException("malformed certificate request", e);
        }
    }

    private X509Certificate sign(
            X500Name subject,
            PublicKey key,
            GeneralNames names,
            Set<CertificateRequest.Usage> usages,
            Instant end) {
        var last = certificate().getNotAfter().toInstant();
        try {
            var extensions = new JcaX509ExtensionUtils();
            var builder =
                    new JcaX509v3CertificateBuilder(
                            X500Name.getInstance(
                                    certificate().getSubjectX500Principal().getEncoded()),
                            serial(),
                            Date.from(clock.now().minus(BACKDATED)),
                            Date.from(end.isAfter(last) ? last : end),
                            subject,
                            key);
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
            builder.addExtension(Extension.extendedKeyUsage, false, purposes(usages));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    extensions.createAuthorityKeyIdentifier(certificate().getPublicKey()));
            if (names.getNames().length > 0) {
                builder.addExtension(Extension.subjectAlternativeName, false, names);
            }
            return finish(builder, identity.key());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("certificate cannot be issued", e);
        }
    }

    /// Organizations before the common name, as Go writes them.
    static X500Name subject(CertificateRequest request) {
        var name = new X500NameBuilder(BCStyle.INSTANCE);
        request.organizations().forEach(group -> name.addRDN(BCStyle.O, group));
        return name.addRDN(BCStyle.CN, request.commonName()).build();
    }

    static GeneralNames alternativeNames(CertificateRequest request) {
        var names = new ArrayList<GeneralName>();
        request.dnsNames().forEach(name -> names.add(new GeneralName(GeneralName.dNSName, name)));
        request.addresses()
                .forEach(address ->
                        names.add(
                                new GeneralName(GeneralName.iPAddress, address.getHostAddress())));
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }

    static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "EC" -> key instanceof ECPrivateKey ec ? ecAlgorithm(ec) : "SHA256withECDSA";
            case "EdDSA", "Ed25519" -> "Ed25519";
            default -> "SHA256withRSA";
        };
    }

    private static String ecAlgorithm(ECPrivateKey key) {
        var bits = key.getParams().getCurve().getField().getFieldSize();
        return bits <= 256
                ? "SHA256withECDSA"
                : bits <= 384 ? "SHA384withECDSA" : "SHA512withECDSA";
    }

    private static ExtendedKeyUsage purposes(Set<CertificateRequest.Usage> usages) {
        return new ExtendedKeyUsage(
                usages.stream()
                        .map(usage ->
                                switch (usage) {
                                    case SERVER -> KeyPurposeId.id_kp_serverAuth;
                                    case CLIENT -> KeyPurposeId.id_kp_clientAuth;
                                })
                        .toArray(KeyPurposeId[]::new));
    }

    private static X509Certificate finish(X509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException, IOException {
        var signer = new JcaContentSignerBuilder(algorithm(key)).build(key);
        return Pem.certificate(builder.build(signer).getEncoded());
    }

    private static BigInteger serial() {
        return new BigInteger(SERIAL_BITS, RANDOM).setBit(0);
    }
}
