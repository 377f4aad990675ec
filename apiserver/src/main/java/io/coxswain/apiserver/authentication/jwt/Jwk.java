package io.coxswain.apiserver.authentication.jwt;

import io.coxswain.api.json.Json;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A public key as RFC 7517 writes it.
final class Jwk {

    private static final int RSA_BITS_MIN = 1024;
    private static final int RSA_BITS_MAX = 16_384;

    private Jwk() {}

    /// Null for a key that no token is believed by: a shared one, one for encryption, a weak one.
    static @Nullable PublicKey parse(Json.Obj key) {
        var use = key.text("use");
        if (!use.isEmpty() && !use.equals("sig")) {
            return null;
        }
        try {
            return switch (key.text("kty")) {
                case "RSA" -> rsa(number(key, "n"), number(key, "e"));
                case "EC" -> elliptic(key);
                default -> null;
            };
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable PublicKey rsa(BigInteger modulus, BigInteger exponent)
            throws GeneralSecurityException {
        var bits = modulus.bitLength();
        return bits < RSA_BITS_MIN || bits > RSA_BITS_MAX
                ? null
                : KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }

    private static @Nullable PublicKey elliptic(Json.Obj key) throws GeneralSecurityException {
        var curve =
                switch (key.text("crv")) {
                    case "P-256" -> "secp256r1";
                    case "P-384" -> "secp384r1";
                    case "P-521" -> "secp521r1";
                    default -> null;
                };
        if (curve == null) {
            return null;
        }
        var parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve));
        var point = new ECPoint(number(key, "x"), number(key, "y"));
        var spec = parameters.getParameterSpec(ECParameterSpec.class);
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, spec));
    }

    private static BigInteger number(Json.Obj key, String field) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(key.text(field)));
    }
}
