package io.coxswain.cluster.join;

import io.coxswain.cluster.StartupException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// The hash of a certificate's public key, as kubeadm writes it: `sha256:` and 64 digits.
public final class KeyPin {

    private static final String PREFIX = "sha256:";

    private KeyPin() {}

    public static String of(X509Certificate certificate) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return PREFIX
                    + HexFormat.of()
                            .formatHex(digest.digest(certificate.getPublicKey().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Throws [StartupException] for what is no pin.
    public static void check(String pin) {
        if (!pin.toLowerCase(Locale.ROOT).matches("sha256:[0-9a-f]{64}")) {
            throw new StartupException(
                    "invalid hash \"" + pin + "\", expected \"sha256:\" and 64 hexadecimal digits");
        }
    }

    /// Whether the certificate has one of the pinned keys.
    static boolean matches(X509Certificate certificate, List<String> pins) {
        var own = of(certificate);
        return pins.stream().anyMatch(pin -> pin.equalsIgnoreCase(own));
    }
}
