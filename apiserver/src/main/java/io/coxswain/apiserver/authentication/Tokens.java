package io.coxswain.apiserver.authentication;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Signs the JSON web tokens of service accounts, and knows those that were signed with its key or
/// with one of the keys before it, so that keys can be changed while tokens are about.
///
/// A signature that was checked once is remembered, under a keyed hash of the token.
public final class Tokens {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final int REMEMBERED_MAX = 10_000;

    private final KeyPair keys;
    private final JwtAlgorithm algorithm;
    private final Map<String, PublicKey> accepted;
    private final SecretKeySpec secret;
    private final Map<Fingerprint, Json.Obj> verified =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Fingerprint, Json.Obj> eldest) {
                    return size() > REMEMBERED_MAX;
                }
            };

    private record Fingerprint(long a, long b, long c, long d) {}

    public Tokens(KeyPair keys) {
        this(keys, List.of());
    }

    /// @param others that tokens may have been signed with as well
    public Tokens(KeyPair keys, List<PublicKey> others) {
        this.keys = keys;
        this.algorithm = JwtAlgorithm.of(keys.getPublic());
        var all = new LinkedHashMap<String, PublicKey>();
        all.put(fingerprint(keys.getPublic()), keys.getPublic());
        others.forEach(key -> all.put(fingerprint(key), key));
        this.accepted = all;
        var random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.secret = new SecretKeySpec(random, "HmacSHA256");
    }

    /// The keys that tokens are checked with, by their names; the one that signs comes first.
    public Map<String, PublicKey> publicKeys() {
        return accepted;
    }

    public String sign(Json.Obj claims) {
        var header = new LinkedHashMap<String, Json>();
        header.put("alg", Json.of(algorithm.name()));
        header.put("kid", Json.of(fingerprint(keys.getPublic())));
        var signed =
                encode(JsonWriter.write(new Json.Obj(header)))
                        + "."
                        + encode(JsonWriter.write(claims));
        var content = signed.getBytes(StandardCharsets.US_ASCII);
        return signed + "." + encode(algorithm.sign(keys.getPrivate(), content));
    }

    /// The claims of a token that one of the keys has signed; null for anything else. Says nothing
    /// about expiry or audience.
    public Json.@Nullable Obj verify(String token) {
        var fingerprint = remembered(token);
        synchronized (verified) {
            var known = verified.get(fingerprint);
            if (known != null) {
                return known;
            }
        }
        var parsed = Jwt.parse(token);
        if (parsed == null || candidates(parsed).stream().noneMatch(parsed::signedBy)) {
            return null;
        }
        synchronized (verified) {
            verified.put(fingerprint, parsed.claims());
        }
        return parsed.claims();
    }

    /// A token that names a key is of that key; older ones name none.
    private List<PublicKey> candidates(Jwt token) {
        if (token.keyId().isEmpty()) {
            return List.copyOf(accepted.values());
        }
        var named = accepted.get(token.keyId());
        return named == null ? List.of() : List.of(named);
    }

    private Fingerprint remembered(String token) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            var hash = mac.doFinal(token.getBytes(StandardCharsets.UTF_8));
            var longs = java.nio.ByteBuffer.wrap(hash).asLongBuffer();
            return new Fingerprint(longs.get(), longs.get(), longs.get(), longs.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
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
