package io.coxswain.cluster.join;

import io.coxswain.api.core.Secret;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.cluster.StartupException;
import io.coxswain.controllers.bootstrap.BootstrapSecret;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A bootstrap token: `abcdef.0123456789abcdef`.
public record JoinToken(String id, String secret) {

    /// What a token may be used for.
    public static final List<String> USAGES = List.of("signing", "authentication");

    private static final Pattern TOKEN = Pattern.compile("([a-z0-9]{6})\\.([a-z0-9]{16})");
    private static final Pattern GROUP =
            Pattern.compile("system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]");
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// Throws [StartupException], without showing what was given.
    public static JoinToken parse(String text) {
        var parts = TOKEN.matcher(text.strip());
        if (!parts.matches()) {
            throw new StartupException(
                    "the bootstrap token is not of the form \"[a-z0-9]{6}.[a-z0-9]{16}\"");
        }
        return new JoinToken(parts.group(1), parts.group(2));
    }

    public static JoinToken random(SecureRandom random) {
        return new JoinToken(letters(random, 6), letters(random, 16));
    }

    private static String letters(SecureRandom random, int count) {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /// The whole token. Whoever knows it may join.
    public String text() {
        return id + "." + secret;
    }

    /// The Secret by which a cluster knows it.
    ///
    /// @param expiration null for never
    public Secret stored(
            @Nullable Instant expiration,
            String description,
            List<String> usages,
            List<String> groups) {
        var data = new LinkedHashMap<String, String>();
        data.put("token-id", id);
        data.put("token-secret", secret);
        if (expiration != null) {
            data.put("expiration", expiration.truncatedTo(ChronoUnit.SECONDS).toString());
        }
        if (!description.isEmpty()) {
            data.put("description", description);
        }
        for (var usage : usages) {
            if (!USAGES.contains(usage)) {
                throw new StartupException(
                        "invalid bootstrap token usage string: "
                                + usage
                                + ", valid usage options: "
                                + String.join(",", USAGES));
            }
            data.put("usage-bootstrap-" + usage, "true");
        }
        for (var group : groups) {
            if (!GROUP.matcher(group).matches()) {
                throw new StartupException(
                        "bootstrap group \"" + group + "\" is invalid (must match " + GROUP + ")");
            }
        }
        if (!groups.isEmpty()) {
            data.put("auth-extra-groups", String.join(",", groups));
        }
        return Edit.of(Secret.class)
                .set(Secret::metadata, metadata())
                .set(Secret::type, BootstrapSecret.TYPE)
                .set(Secret::stringData, Map.copyOf(data))
                .done();
    }

    private ObjectMeta metadata() {
        return Edit.of(ObjectMeta.class)
                .set(ObjectMeta::name, BootstrapSecret.PREFIX + id)
                .set(ObjectMeta::namespace, BootstrapSecret.NAMESPACE)
                .done();
    }

    /// Never shows the second half.
    @Override
    public String toString() {
        return id + ".****************";
    }
}
