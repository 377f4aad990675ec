package io.coxswain.cluster.commands;

import io.coxswain.apiserver.authentication.JwtAlgorithm;
import io.coxswain.apiserver.authentication.RequestHeaderAuthenticator;
import io.coxswain.apiserver.authentication.jwt.AuthenticationConfiguration.PrefixedClaim;
import io.coxswain.apiserver.authentication.jwt.OidcFlags;
import io.coxswain.base.flags.Flag;
import io.coxswain.cluster.StartupException;
import io.coxswain.cluster.security.SecuritySettings.Identities;
import io.coxswain.cluster.security.SecuritySettings.TokenWebhook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The flags about who is calling. The names are upstream's.
record IdentityFlags(
        @Flag("Authorities that may certify clients, beside the cluster's own; read again")
                String clientCaFile,
        @Flag("The authority of front proxies; the cluster's own by default")
                String requestheaderClientCaFile,
        @Flag(value = "Names of front proxies; any, when it is empty", def = "front-proxy-client")
                List<String> requestheaderAllowedNames,
        @Flag(value = "Headers that name the user", def = "X-Remote-User")
                List<String> requestheaderUsernameHeaders,
        @Flag(value = "Headers with the user's uid", def = "X-Remote-Uid")
                List<String> requestheaderUidHeaders,
        @Flag(value = "Headers with groups", def = "X-Remote-Group")
                List<String> requestheaderGroupHeaders,
        @Flag(value = "How headers with more about the user begin", def = "X-Remote-Extra-")
                List<String> requestheaderExtraHeadersPrefix,
        @Flag("An AuthenticationConfiguration; read again when the file changes")
                String authenticationConfig,
        @Flag("The URL of an OpenID issuer") String oidcIssuerUrl,
        @Flag("For whom its tokens are to be meant") String oidcClientId,
        @Flag("Who certifies the issuer; those that Java trusts by default") String oidcCaFile,
        @Flag(value = "The claim that is the user's name", def = "sub") String oidcUsernameClaim,
        @Flag("What names begin with; the issuer by default, - for nothing")
                String oidcUsernamePrefix,
        @Flag("The claim with the user's groups") String oidcGroupsClaim,
        @Flag("What groups begin with") String oidcGroupsPrefix,
        @Flag("Claims a token must have: key=value") List<String> oidcRequiredClaim,
        @Flag(value = "How its tokens may be signed", def = "RS256") List<String> oidcSigningAlgs,
        @Flag("A kubeconfig of the server that is asked about tokens nobody here knows")
                String authenticationTokenWebhookConfigFile,
        @Flag(value = "How long its answers are good for", def = "2m")
                Duration authenticationTokenWebhookCacheTtl,
        @Flag(value = "The version of the reviews: v1 or v1beta1", def = "v1")
                String authenticationTokenWebhookVersion) {

    Identities identities() {
        return new Identities(
                clientCaFile,
                requestheaderClientCaFile,
                new RequestHeaderAuthenticator.Settings(
                        words(requestheaderAllowedNames),
                        words(requestheaderUsernameHeaders),
                        words(requestheaderUidHeaders),
                        words(requestheaderGroupHeaders),
                        words(requestheaderExtraHeadersPrefix)),
                authenticationConfig,
                oidc(),
                algorithms(),
                webhook());
    }

    private @Nullable OidcFlags oidc() {
        if (oidcIssuerUrl.isEmpty() && oidcClientId.isEmpty()) {
            return null;
        }
        if (oidcIssuerUrl.isEmpty() || oidcClientId.isEmpty()) {
            throw new StartupException(
                    "oidc-issuer-url and oidc-client-id must be specified together when any oidc-*"
                            + " flags are set");
        }
        return new OidcFlags(
                oidcIssuerUrl,
                oidcClientId,
                oidcCaFile.isEmpty() ? "" : read(oidcCaFile),
                new PrefixedClaim(oidcUsernameClaim, oidcUsernamePrefix, ""),
                new PrefixedClaim(oidcGroupsClaim, oidcGroupsPrefix, ""),
                words(oidcRequiredClaim));
    }

    private Set<JwtAlgorithm> algorithms() {
        var all = EnumSet.noneOf(JwtAlgorithm.class);
        for (var name : words(oidcSigningAlgs)) {
            var algorithm = JwtAlgorithm.named(name);
            if (algorithm == null) {
                throw new StartupException(
                        "oidc-signing-algs: unsupported signing algorithm " + name);
            }
            all.add(algorithm);
        }
        return all;
    }

    private @Nullable TokenWebhook webhook() {
        if (authenticationTokenWebhookConfigFile.isEmpty()) {
            return null;
        }
        if (!List.of("v1", "v1beta1").contains(authenticationTokenWebhookVersion)) {
            throw new StartupException(
                    "--authentication-token-webhook-version: v1 or v1beta1, not "
                            + authenticationTokenWebhookVersion);
        }
        return new TokenWebhook(
                authenticationTokenWebhookConfigFile,
                authenticationTokenWebhookVersion,
                authenticationTokenWebhookCacheTtl);
    }

    /// A flag may be given several times, or once with commas.
    static List<String> words(List<String> given) {
        return given.stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new StartupException("--oidc-ca-file: " + e);
        }
    }
}
