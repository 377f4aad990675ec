package io.coxswain.cluster.commands;

import io.coxswain.base.flags.Flag;
import io.coxswain.cluster.StartupException;
import io.coxswain.cluster.security.SecuritySettings;
import io.coxswain.cluster.security.SecuritySettings.Access;
import io.coxswain.cluster.security.SecuritySettings.AccessWebhook;
import io.coxswain.cluster.security.SecuritySettings.Accounts;
import java.time.Duration;
import java.util.List;

/// The flags about who may come in, what they may do, and what is written down. The names are
/// upstream's.
record SecurityFlags(
        AuditFlags audit,
        IdentityFlags identity,
        @Flag("Keys that tokens of service accounts may be signed with, beside the one that signs")
                List<String> serviceAccountKeyFile,
        @Flag("The key that signs them; the cluster's own by default")
                String serviceAccountSigningKeyFile,
        @Flag("Who issues them; of several the first one does, and the others did")
                List<String> serviceAccountIssuer,
        @Flag("Where others find the keys; this server by default") String serviceAccountJwksUri,
        @Flag("How long a token is good for at most") Duration serviceAccountMaxTokenExpiration,
        @Flag(
                        value = "Mounted tokens go on working for a year, and their use is noted",
                        def = "true")
                boolean serviceAccountExtendTokenExpiration,
        @Flag("For whom tokens are to be meant; the issuers by default") List<String> apiAudiences,
        @Flag("Who decides, in this order; Node,RBAC by default") List<String> authorizationMode,
        @Flag("An AuthorizationConfiguration; read again when the file changes")
                String authorizationConfig,
        @Flag("A kubeconfig of the server that mode Webhook asks")
                String authorizationWebhookConfigFile,
        @Flag(value = "The version of the reviews: v1 or v1beta1", def = "v1")
                String authorizationWebhookVersion,
        @Flag(value = "How long a yes is good for", def = "5m")
                Duration authorizationWebhookCacheAuthorizedTtl,
        @Flag(value = "How long anything else is", def = "30s")
                Duration authorizationWebhookCacheUnauthorizedTtl) {

    SecuritySettings settings() {
        if (!List.of("v1", "v1beta1").contains(authorizationWebhookVersion)) {
            throw new StartupException(
                    "--authorization-webhook-version: v1 or v1beta1, not "
                            + authorizationWebhookVersion);
        }
        return new SecuritySettings(
                audit.options(),
                identity.identities(),
                new Accounts(
                        IdentityFlags.words(serviceAccountKeyFile),
                        serviceAccountSigningKeyFile,
                        IdentityFlags.words(serviceAccountIssuer),
                        IdentityFlags.words(apiAudiences),
                        serviceAccountJwksUri,
                        serviceAccountMaxTokenExpiration,
                        serviceAccountExtendTokenExpiration),
                access());
    }

    private Access access() {
        var webhook =
                authorizationWebhookConfigFile.isEmpty()
                        ? null
                        : new AccessWebhook(
                                authorizationWebhookConfigFile,
                                authorizationWebhookVersion,
                                authorizationWebhookCacheAuthorizedTtl,
                                authorizationWebhookCacheUnauthorizedTtl);
        return new Access(IdentityFlags.words(authorizationMode), authorizationConfig, webhook);
    }
}
