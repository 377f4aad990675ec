package io.coxswain.base.tls;

import java.io.IOException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// A PKCS#10 request: somebody's public key and the names it wants certified, signed with that key.
///
/// @param dnsNames DNS subject alternative names
/// @param addresses IP subject alternative names, as text
/// @param otherNames how many URI and e-mail alternative names there are
public record SigningRequest(
        byte[] der,
        String commonName,
        List<String> organizations,
        List<String> dnsNames,
        List<String> addresses,
        int otherNames) {

    /// Reads a `CERTIFICATE REQUEST`; throws [IllegalArgumentException] when it is malformed or its
    /// signature does not match.
    public static SigningRequest parse(String pem) {
        try {
            var der = Pem.decode(pem, "CERTIFICATE REQUEST");
            var request = new PKCS10CertificationRequest(der);
            var verifier =
                    new JcaContentVerifierProviderBuilder()
                            .build(request.getSubjectPublicKeyInfo());
            if (!request.isSignatureValid(verifier)) {
                throw new IllegalArgumentException("the request's signature is invalid");
            }
            var names = alternativeNames(request);
            var subject = request.getSubject();
            var common = values(subject, BCStyle.CN);
            return new SigningRequest(
                    der,
                    common.isEmpty() ? "" : common.getFirst(),
                    values(subject, BCStyle.O),
                    texts(names, GeneralName.dNSName),
                    addresses(names),
                    others(names));
        } catch (IOException | OperatorException | PKCSException e) {
            throw new IllegalArgumentException("malformed certificate request", e);
        }
    }

    /// Makes a request signed with the key of `pair`, as PEM.
    public static String create(java.security.KeyPair pair, CertificateRequest wanted) {
        try {
            var builder =
                    new JcaPKCS10CertificationRequestBuilder(
                            CertificateAuthority.subject(wanted), pair.getPublic());
            var names = CertificateAuthority.alternativeNames(wanted);
            if (names.getNames().length > 0) {
                var extensions =
                        new Extensions(
                                new Extension(
                                        Extension.subjectAlternativeName,
                                        false,
                                        names.getEncoded()));
                builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions);
            }
            var signer =
                    new JcaContentSignerBuilder(CertificateAuthority.algorithm(pair.getPrivate()))
                            .build(pair.getPrivate());
            return Pem.block("CERTIFICATE REQUEST", builder.build(signer).getEncoded());
        } catch (IOException | OperatorException e) {
            throw new IllegalStateException("certificate request cannot be signed", e);
        }
    }

    public PublicKey publicKey() {
        try {
            return Pem.publicKey(request().getSubjectPublicKeyInfo().getEncoded());
        } catch (IOException e) {
            throw new IllegalArgumentException("malformed public key", e);
        }
    }

    /// The names as encoded in the request, or null when it asks for none.
    static GeneralNames alternativeNames(PKCS10CertificationRequest request) {
        var extensions = request.getRequestedExtensions();
        var names =
                extensions == null
                        ? null
                        : GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
        return names == null ? new GeneralNames(new GeneralName[0]) : names;
    }

    PKCS10CertificationRequest request() throws IOException {
        return new PKCS10CertificationRequest(der);
    }

    private static List<String> values(
            X500Name subject, org.bouncycastle.asn1.ASN1ObjectIdentifier type) {
        var found = new ArrayList<String>();
        for (var part : subject.getRDNs(type)) {
            for (var typed : part.getTypesAndValues()) {
                if (typed.getType().equals(type)) {
                    found.add(IETFUtils.valueToString(typed.getValue()));
                }
            }
        }
        return List.copyOf(found);
    }

    private static List<String> texts(GeneralNames names, int tag) {
        var found = new ArrayList<String>();
        for (var name : names.getNames()) {
            if (name.getTagNo() == tag) {
                found.add(name.getName().toString());
            }
        }
        return List.copyOf(found);
    }

    private static List<String> addresses(GeneralNames names) throws IOException {
        var found = new ArrayList<String>();
        for (var name : names.getNames()) {
            if (name.getTagNo() == GeneralName.iPAddress) {
                var octets =
                        org.bouncycastle.asn1.ASN1OctetString.getInstance(name.getName())
                                .getOctets();
                found.add(java.net.InetAddress.getByAddress(octets).getHostAddress());
            }
        }
        return List.copyOf(found);
    }

    private static int others(GeneralNames names) {
        var count = 0;
        for (var name : names.getNames()) {
            if (name.getTagNo() != GeneralName.dNSName
                    && name.getTagNo() != GeneralName.iPAddress) {
                count++;
            }
        }
        return count;
    }
}
