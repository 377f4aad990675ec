package io.coxswain.apiserver.authentication;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A JSON web token taken apart (RFC 7519, compact). Nothing in it is to be believed before
/// [#signedBy] has said so.
///
/// @param claims not yet verified
public record Jwt(
        String algorithm, String keyId, Json.Obj claims, byte[] signed, byte[] signature) {

    private static final int LENGTH_MAX = 64 << 10;

    /// Null for what is no such token.
    public static @Nullable Jwt parse(String token) {
        if (token.length() > LENGTH_MAX || token.indexOf('=') >= 0) {
            return null;
        }
        var parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return null;
        }
        try {
            var decoder = Base64.getUrlDecoder();
            var header = JsonReader.readObject(decoder.decode(parts[0]));
            if (header.get("crit") != null) {
                return null; // It asks to be understood in a way that is not known here.
            }
            return new Jwt(
                    header.text("alg"),
                    header.text("kid"),
                    JsonReader.readObject(decoder.decode(parts[1])),
                    (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII),
                    decoder.decode(parts[2]));
        } catch (IllegalArgumentException | DecodeError e) {
            return null;
        }
    }

    /// Whether the holder of a key has signed this, with one of the algorithms for such keys.
    public boolean signedBy(PublicKey key) {
        var known = JwtAlgorithm.named(algorithm);
        return known != null && known.verify(key, signed, signature);
    }
}
