package io.coxswain.cluster.security;

import io.coxswain.apiserver.authorization.AuthorizationConfiguration;
import io.coxswain.apiserver.authorization.AuthorizationConfiguration.ConnectionInfo;
import io.coxswain.apiserver.authorization.AuthorizationConfiguration.Member;
import io.coxswain.apiserver.authorization.AuthorizationConfiguration.Webhook;
import io.coxswain.apiserver.authorization.Authorizers;
import io.coxswain.cluster.security.SecuritySettings.Access;
import io.coxswain.cluster.security.SecuritySettings.AccessWebhook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The configuration that `--authorization-mode` stands for.
final class AccessModes {

    private static final List<String> MODES =
            List.of("AlwaysAllow", "AlwaysDeny", "Node", "RBAC", "Webhook");

    private AccessModes() {}

    /// Throws [IllegalArgumentException].
    static AuthorizationConfiguration configuration(Access wanted) {
        if (wanted.webhook() != null && !wanted.modes().contains("Webhook")) {
            throw new IllegalArgumentException(
                    "cannot specify --authorization-webhook-config-file without mode Webhook");
        }
        if (wanted.modes().isEmpty()) {
            return Authorizers.STANDARD;
        }
        var seen = new HashSet<String>();
        var members = new ArrayList<Member>();
        for (var mode : wanted.modes()) {
            if (!MODES.contains(mode)) {
                throw new IllegalArgumentException(
                        "authorization-mode \"" + mode + "\" is not a valid mode");
            }
            if (!seen.add(mode)) {
                throw new IllegalArgumentException(
                        "authorization-mode \""
                                + wanted.modes()
                                + "\" has mode specified more than once");
            }
            var webhook = mode.equals("Webhook") ? webhook(wanted.webhook()) : null;
            members.add(new Member(mode, mode.toLowerCase(Locale.ROOT), webhook));
        }
        return new AuthorizationConfiguration(
                "AuthorizationConfiguration", "apiserver.config.k8s.io/v1", List.copyOf(members));
    }

    private static Webhook webhook(@Nullable AccessWebhook webhook) {
        if (webhook == null) {
            throw new IllegalArgumentException(
                    "authorization-mode Webhook's authorization config file not passed");
        }
        return new Webhook(
                "30s",
                webhook.authorized().toMillis() + "ms",
                true,
                webhook.unauthorized().toMillis() + "ms",
                true,
                webhook.version(),
                "",
                "NoOpinion",
                new ConnectionInfo(
                        "KubeConfigFile",
                        Path.of(webhook.kubeconfig()).toAbsolutePath().toString()),
                List.of());
    }
}
