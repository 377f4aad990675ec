package io.coxswain.apiserver.authentication;

import io.coxswain.apiserver.remote.Remembered;
import io.coxswain.base.Clock;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Remembers for a while what somebody far away said about a token. Tokens themselves are not kept:
/// only a keyed hash of each.
public final class TokenCache implements TokenAuthenticator {

    private static final int KEPT_MAX = 10_000;

    private final TokenAuthenticator source;
    private final Duration accepted;
    private final Duration refused;
    private final SecretKeySpec secret;
    private final Remembered<String, Verdict> known;

    /// @param accepted how long a yes is good for
    /// @param refused how long anything else is; zero for not at all
    public TokenCache(TokenAuthenticator source, Duration accepted, Duration refused, Clock clock) {
        this.source = source;
        this.accepted = accepted;
        this.refused = refused;
        this.known = new Remembered<>(KEPT_MAX, clock);
        var random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.secret = new SecretKeySpec(random, "HmacSHA256");
    }

    @Override
    public Verdict verify(String token, List<String> audiences) {
        var key = key(token, audiences);
        var before = known.find(key);
        if (before != null) {
            return before;
        }
        var verdict = source.verify(token, audiences);
        var lasts =
                switch (verdict) {
                    case Accepted yes -> accepted;
                    case Unknown no -> refused;
                    case Refused failure -> Duration.ZERO;
                };
        known.put(key, verdict, lasts);
        return verdict;
    }

    private String key(String token, List<String> audiences) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            for (var audience : audiences) {
                mac.update(audience.getBytes(StandardCharsets.UTF_8));
                mac.update((byte) 0);
            }
            mac.update((byte) 1);
            return HexFormat.of().formatHex(mac.doFinal(token.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
