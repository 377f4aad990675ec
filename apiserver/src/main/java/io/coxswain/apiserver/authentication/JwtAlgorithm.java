package io.coxswain.apiserver.authentication;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.jspecify.annotations.Nullable;

/// The ways of signing a JSON web token that are believed here. All need a key that only the issuer
/// has: `none`, and what both sides share a key for, are not among them.
public enum JwtAlgorithm {
    RS256("SHA256withRSA", "", 0),
    RS384("SHA384withRSA", "", 0),
    RS512("SHA512withRSA", "", 0),
    PS256("RSASSA-PSS", "SHA-256", 32),
    PS384("RSASSA-PSS", "SHA-384", 48),
    PS512("RSASSA-PSS", "SHA-512", 64),
    ES256("SHA256withECDSAinP1363Format", "", 256),
    ES384("SHA384withECDSAinP1363Format", "", 384),
    ES512("SHA512withECDSAinP1363Format", "", 521);

    private final String jdkName;
    private final String hash;
    private final int size;

    /// @param size of the salt, or of the curve
    JwtAlgorithm(String jdkName, String hash, int size) {
        this.jdkName = jdkName;
        this.hash = hash;
        this.size = size;
    }

    /// Null for one that is not believed.
    public static @Nullable JwtAlgorithm named(String name) {
        for (var algorithm : values()) {
            if (algorithm.name().equals(name)) {
                return algorithm;
            }
        }
        return null;
    }

    /// What this server signs with when it has such a key.
    public static JwtAlgorithm of(PublicKey key) {
        if (key instanceof RSAKey) {
            return RS256;
        }
        for (var algorithm : new JwtAlgorithm[] {ES256, ES384, ES512}) {
            if (algorithm.fits(key)) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException("no token can be signed with a " + key.getAlgorithm());
    }

    /// Whether a key is of the sort this algorithm is for: never both of a pair and shared.
    boolean fits(PublicKey key) {
        return switch (key) {
            case RSAKey rsa -> !elliptic();
            case ECKey ec ->
                    elliptic() && ec.getParams().getCurve().getField().getFieldSize() == size;
            default -> false;
        };
    }

    private boolean elliptic() {
        return jdkName.endsWith("P1363Format");
    }

    boolean verify(PublicKey key, byte[] signed, byte[] signature) {
        if (!fits(key)) {
            return false;
        }
        try {
            var check = signature();
            check.initVerify(key);
            check.update(signed);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // A signature of another length, for example.
        }
    }

    byte[] sign(PrivateKey key, byte[] content) {
        try {
            var signature = signature();
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign a token", e);
        }
    }

    private Signature signature() throws GeneralSecurityException {
        var signature = Signature.getInstance(jdkName);
        if (!hash.isEmpty()) {
            signature.setParameter(
                    new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), size, 1));
        }
        return signature;
    }
}
