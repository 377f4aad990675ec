package io.coxswain.base.tls;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// What an endpoint proves itself with: a private key and its certificate, followed by the
/// intermediate certificates, if any.
public record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {

    public TlsIdentity {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("an identity needs a certificate");
        }
    }

    /// Reads a PEM certificate chain and a PEM key; both may be in one file.
    public static TlsIdentity load(Path certificateFile, Path keyFile) {
        return new TlsIdentity(Pem.readPrivateKey(keyFile), Pem.readCertificates(certificateFile));
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /// Writes both files; the key so that only its owner can read it.
    public void save(Path certificateFile, Path keyFile) {
        Pem.writeSecret(keyFile, Pem.encode(key));
        Pem.write(certificateFile, Pem.encode(chain));
    }

    /// Never shows the key.
    @Override
    public String toString() {
        return "TlsIdentity[" + certificate().getSubjectX500Principal() + "]";
    }
}
