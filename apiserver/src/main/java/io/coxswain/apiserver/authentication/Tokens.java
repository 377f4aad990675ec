package io.coxswain.apiserver.authentication;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Signs and checks the JSON web tokens of service accounts (RFC 7519, ES256).
public final class Tokens {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final String ALGORITHM = "SHA256withECDSAinP1363Format";

    private final KeyPair keys;
    private final String keyId;

    public Tokens(KeyPair keys) {
        this.keys = keys;
        this.keyId = fingerprint(keys.getPublic());
    }

    public PublicKey publicKey() {
        return keys.getPublic();
    }

    /// Names the key in token headers and key sets: a hash of the public key.
    public String keyId() {
        return keyId;
    }

    public String sign(Json.Obj claims) {
        var header =
                Json.object(
                        new LinkedHashMap<>(
                                Map.of("alg", Json.of("ES256"), "kid", Json.of(keyId))));
        var signed = encode(JsonWriter.write(header)) + "." + encode(JsonWriter.write(claims));
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign a token", e);
        }
    }

    /// The claims of a token that this key has signed; null for anything else. Says nothing about
    /// expiry or audience.
    public Json.@Nullable Obj verify(String token) {
        var parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return null;
        }
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(keys.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            var header = JsonReader.readObject(Base64.getUrlDecoder().decode(parts[0]));
            if (!header.text("alg").equals("ES256")
                    || !signature.verify(Base64.getUrlDecoder().decode(parts[2]))) {
                return null;
            }
            return JsonReader.readObject(Base64.getUrlDecoder().decode(parts[1]));
        } catch (GeneralSecurityException | IllegalArgumentException | DecodeError e) {
            return null; // Not one of ours, whatever it is.
        }
    }

    /// Text in unpadded base64url, or null when it is none.
    static @Nullable String decodeUrl(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    private static String fingerprint(PublicKey key) {
        try {
            return encode(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
