package io.coxswain.apiserver.authentication;

import io.coxswain.api.core.Secret;
import io.coxswain.api.core.ServiceAccount;
import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Resource;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.base.Clock;
import io.coxswain.storage.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Recognises the tokens that a Secret of type `kubernetes.io/service-account-token` holds. They do
/// not end by themselves: they are good as long as the Secret is there and holds them.
public final class LegacyTokens implements TokenAuthenticator {

    /// Who issues them.
    public static final String ISSUER = "kubernetes/serviceaccount";

    public static final String LAST_USED = "kubernetes.io/legacy-token-last-used";
    public static final String INVALID_SINCE = "kubernetes.io/legacy-token-invalid-since";

    private static final String CLAIM = "kubernetes.io/serviceaccount/";
    private static final String WARNING =
            "Use tokens from the TokenRequest API or manually created secret-based tokens instead"
                    + " of auto-generated secret-based tokens.";

    private final Tokens tokens;
    private final List<String> audiences;
    private final Store store;
    private final Catalog catalog;
    private final Clock clock;
    private final BiConsumer<Secret, String> used;

    /// @param used is told when a Secret's token is used for the first time on a day
    public LegacyTokens(
            Tokens tokens,
            List<String> audiences,
            Store store,
            Catalog catalog,
            Clock clock,
            BiConsumer<Secret, String> used) {
        this.tokens = tokens;
        this.audiences = audiences;
        this.store = store;
        this.catalog = catalog;
        this.clock = clock;
        this.used = used;
    }

    /// What such a token says.
    public static Json.Obj claims(ServiceAccount account, Secret secret) {
        var claims = new LinkedHashMap<String, Json>();
        claims.put("iss", Json.of(ISSUER));
        claims.put(CLAIM + "namespace", Json.of(account.namespace()));
        claims.put(CLAIM + "secret.name", Json.of(secret.name()));
        claims.put(CLAIM + "service-account.name", Json.of(account.name()));
        claims.put(CLAIM + "service-account.uid", Json.of(account.uid()));
        claims.put(
                "sub",
                Json.of("system:serviceaccount:" + account.namespace() + ":" + account.name()));
        return new Json.Obj(claims);
    }

    @Override
    public Verdict verify(String token, List<String> wanted) {
        var unverified = Jwt.parse(token);
        if (unverified == null || !unverified.claims().text("iss").equals(ISSUER)) {
            return UNKNOWN;
        }
        var claims = tokens.verify(token);
        if (claims == null) {
            return UNKNOWN;
        }
        var asked = wanted.isEmpty() ? audiences : wanted;
        var good = asked.stream().filter(audiences::contains).toList();
        if (good.isEmpty()) {
            var meant = audiences.stream().<Json>map(Json::of).toList();
            return new Refused(ServiceAccountTokens.wrongAudience(meant, asked));
        }
        return holder(token, claims, good);
    }

    private Verdict holder(String token, Json.Obj claims, List<String> good) {
        var namespace = claims.text(CLAIM + "namespace");
        var secret = find(Secret.class, namespace, claims.text(CLAIM + "secret.name"));
        var account =
                find(ServiceAccount.class, namespace, claims.text(CLAIM + "service-account.name"));
        if (secret == null || secret.deleting() || !holds(secret, token)) {
            return new Refused("service account token has been invalidated");
        }
        if (account == null
                || account.deleting()
                || !account.uid().equals(claims.text(CLAIM + "service-account.uid"))) {
            return new Refused("service account token has been invalidated");
        }
        var since = secret.metadata().labels().get(INVALID_SINCE);
        if (since != null) {
            return new Refused(
                    "the token in secret "
                            + namespace
                            + "/"
                            + secret.name()
                            + " for service account "
                            + namespace
                            + "/"
                            + account.name()
                            + " has been marked invalid. Use tokens from the TokenRequest API or"
                            + " manually created secret-based tokens, or remove the '"
                            + INVALID_SINCE
                            + "' label from the secret to temporarily allow use of this token");
        }
        note(secret);
        return accepted(secret, account, good);
    }

    private static Verdict accepted(Secret secret, ServiceAccount account, List<String> good) {
        var name = "system:serviceaccount:" + account.namespace() + ":" + account.name();
        var user =
                new User(
                        name,
                        account.uid(),
                        ServiceAccountTokens.groups(account.namespace()),
                        Map.of());
        var generated =
                account.secrets().stream().anyMatch(own -> secret.name().equals(own.name()));
        return generated
                ? new Accepted(
                        user,
                        good,
                        Map.of(
                                "authentication.k8s.io/legacy-token",
                                name,
                                "authentication.k8s.io/legacy-token-autogenerated-secret",
                                secret.name()),
                        List.of(WARNING))
                : new Accepted(
                        user, good, Map.of("authentication.k8s.io/legacy-token", name), List.of());
    }

    private static boolean holds(Secret secret, String token) {
        var held = secret.data().getOrDefault("token", new byte[0]);
        return MessageDigest.isEqual(held, token.getBytes(StandardCharsets.UTF_8));
    }

    private void note(Secret secret) {
        var today = LocalDate.ofInstant(clock.now(), ZoneOffset.UTC).toString();
        if (!today.equals(secret.metadata().labels().get(LAST_USED))) {
            used.accept(secret, today);
        }
    }

    private <T extends Resource> @Nullable T find(Class<T> type, String namespace, String name) {
        var kind = catalog.of(type);
        var entry = store.snapshot().get(kind.key(namespace, name));
        return entry == null ? null : kind.object(entry);
    }
}
