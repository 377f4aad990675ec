package io.coxswain.apiserver.authentication;

import io.coxswain.api.core.Secret;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.base.Clock;
import io.coxswain.storage.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Recognises the tokens by which new nodes join: `abcdef.0123456789abcdef` is good while the
/// Secret `kube-system/bootstrap-token-abcdef` holds its second half and says that it may be used.
public final class BootstrapTokens implements TokenAuthenticator {

    public static final String GROUP = "system:bootstrappers";

    private static final String NAMESPACE = "kube-system";
    private static final String TYPE = "bootstrap.kubernetes.io/token";
    private static final Pattern TOKEN = Pattern.compile("([a-z0-9]{6})\\.([a-z0-9]{16})");
    private static final Pattern EXTRA_GROUP =
            Pattern.compile("system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]");

    private final Store store;
    private final Catalog catalog;
    private final Clock clock;

    public BootstrapTokens(Store store, Catalog catalog, Clock clock) {
        this.store = store;
        this.catalog = catalog;
        this.clock = clock;
    }

    @Override
    public Verdict verify(String token, List<String> audiences) {
        var parts = TOKEN.matcher(token);
        if (!parts.matches()) {
            return UNKNOWN;
        }
        var kind = catalog.of(Secret.class);
        var entry = store.snapshot().get(kind.key(NAMESPACE, "bootstrap-token-" + parts.group(1)));
        var user = entry == null ? null : user(kind.object(entry), parts.group(1), parts.group(2));
        return user == null ? UNKNOWN : new Accepted(user, audiences);
    }

    private @Nullable User user(Secret secret, String id, String password) {
        var known = secret.data().getOrDefault("token-secret", new byte[0]);
        if (secret.deleting()
                || !secret.type().equals(TYPE)
                || !MessageDigest.isEqual(known, password.getBytes(StandardCharsets.UTF_8))
                || !text(secret, "token-id").equals(id)
                || !text(secret, "usage-bootstrap-authentication").equals("true")
                || expired(text(secret, "expiration"))) {
            return null;
        }
        var groups = groups(text(secret, "auth-extra-groups"));
        return groups == null ? null : new User("system:bootstrap:" + id, "", groups, Map.of());
    }

    /// A date that cannot be read counts as past.
    private boolean expired(String expiration) {
        if (expiration.isEmpty()) {
            return false;
        }
        try {
            return !clock.now().isBefore(OffsetDateTime.parse(expiration).toInstant());
        } catch (DateTimeException e) {
            return true;
        }
    }

    /// Null when one of them is no group that a token may give.
    private static @Nullable List<String> groups(String extra) {
        var groups = new ArrayList<>(List.of(GROUP));
        for (var group : extra.isEmpty() ? new String[0] : extra.split(",", -1)) {
            if (!EXTRA_GROUP.matcher(group).matches()) {
                return null;
            }
            groups.add(group);
        }
        return List.copyOf(groups);
    }

    private static String text(Secret secret, String field) {
        return new String(secret.data().getOrDefault(field, new byte[0]), StandardCharsets.UTF_8);
    }
}
