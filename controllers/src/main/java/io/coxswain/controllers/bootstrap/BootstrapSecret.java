package io.coxswain.controllers.bootstrap;

import io.coxswain.api.core.Secret;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// A Secret that holds a bootstrap token, and how one is read.
///
/// @param id the first half of the token
/// @param password the second half
/// @param expiration when it ends; null for never
public record BootstrapSecret(
        String id, String password, @Nullable Instant expiration, boolean signs) {

    public static final String NAMESPACE = "kube-system";
    public static final String TYPE = "bootstrap.kubernetes.io/token";
    public static final String PREFIX = "bootstrap-token-";

    /// Null for a Secret that is none, or is not as it should be.
    public static @Nullable BootstrapSecret of(Secret secret) {
        var id = text(secret, "token-id");
        if (!secret.namespace().equals(NAMESPACE)
                || !secret.type().equals(TYPE)
                || !secret.name().equals(PREFIX + id)) {
            return null;
        }
        var expiration = text(secret, "expiration");
        return new BootstrapSecret(
                id,
                text(secret, "token-secret"),
                expiration.isEmpty() ? null : time(expiration),
                text(secret, "usage-bootstrap-signing").equals("true"));
    }

    public boolean expired(Instant now) {
        return expiration != null && !now.isBefore(expiration);
    }

    /// One field of the Secret, as text.
    public static String text(Secret secret, String field) {
        var bytes = secret.data().get(field);
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    /// A date that cannot be read counts as past.
    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    /// Never shows the password.
    @Override
    public String toString() {
        return "BootstrapSecret[" + id + "]";
    }
}
