package io.coxswain.cluster.security;

import io.coxswain.apiserver.Security;
import io.coxswain.apiserver.Security.Identification;
import io.coxswain.apiserver.Security.ServiceAccounts;
import io.coxswain.apiserver.audit.Audit;
import io.coxswain.apiserver.authentication.TokenAuthenticator;
import io.coxswain.apiserver.authentication.TokenCache;
import io.coxswain.apiserver.authentication.TokenLifetimes;
import io.coxswain.apiserver.authentication.WebhookTokens;
import io.coxswain.apiserver.authentication.jwt.AuthenticationConfiguration;
import io.coxswain.apiserver.authentication.jwt.StructuredTokens;
import io.coxswain.apiserver.authorization.AuthorizationConfiguration;
import io.coxswain.apiserver.authorization.Authorizers;
import io.coxswain.apiserver.config.KubeconfigServer;
import io.coxswain.apiserver.config.Reloading;
import io.coxswain.apiserver.metrics.Exposition;
import io.coxswain.base.Loops;
import io.coxswain.base.tls.Pem;
import io.coxswain.cluster.Pki;
import io.coxswain.cluster.StartupException;
import io.coxswain.cluster.security.SecuritySettings.Access;
import io.coxswain.cluster.security.SecuritySettings.Accounts;
import io.coxswain.cluster.security.SecuritySettings.Identities;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What was made of the settings: read, checked, and looked at again while the server runs.
public final class SecurityParts implements AutoCloseable {

    private static final String ISSUER = "https://kubernetes.default.svc";
    private static final Duration TOKENS_LAST_MIN = Duration.ofHours(1);
    private static final Duration TOKENS_LAST_MAX = Duration.ofSeconds(1L << 32);
    private static final Duration WEBHOOK_TIMEOUT = Duration.ofSeconds(30);

    private final Loops loops;
    private final List<Runnable> running = new ArrayList<>();
    private final List<Consumer<Exposition>> metrics = new ArrayList<>();
    private final AccountKeys keys;
    private final String issuer;
    private final Supplier<List<X509Certificate>> clients;
    private final Supplier<List<X509Certificate>> proxies;
    private final Security security;

    private SecurityParts(SecuritySettings settings, Pki pki, Loops loops) {
        this.loops = loops;
        var accounts = settings.accounts();
        var issuers = accounts.issuers().isEmpty() ? List.of(ISSUER) : accounts.issuers();
        this.issuer = issuers.getFirst();
        this.keys = AccountKeys.of(accounts.keys(), accounts.signingKey(), pki);
        this.clients = clients(settings.identities(), pki);
        this.proxies = proxies(settings.identities(), pki);
        var audiences = accounts.audiences().isEmpty() ? List.of(issuer) : accounts.audiences();
        var structured = structured(settings.identities());
        var webhook = webhook(settings.identities(), audiences);
        var audit = audit(settings);
        this.security =
                new Security(
                        audit,
                        new Identification(
                                clients,
                                proxies,
                                settings.identities().proxies(),
                                structured,
                                webhook),
                        new ServiceAccounts(
                                issuers.subList(1, issuers.size()),
                                accounts.audiences(),
                                keys.others(),
                                accounts.jwksUri(),
                                lifetimes(accounts)),
                        authorization(settings.access()),
                        List.copyOf(metrics));
    }

    private static TokenLifetimes lifetimes(Accounts accounts) {
        var longest = accounts.longest();
        if (!longest.isZero()
                && (longest.compareTo(TOKENS_LAST_MIN) < 0
                        || longest.compareTo(TOKENS_LAST_MAX) > 0)) {
            throw new IllegalArgumentException(
                    "the service-account-max-token-expiration must be between 1 hour and 2^32"
                            + " seconds");
        }
        return new TokenLifetimes(longest.toSeconds(), accounts.extended());
    }

    /// Throws [StartupException] for what cannot be had as it was asked for.
    public static SecurityParts start(SecuritySettings settings, Pki pki, Loops loops) {
        try {
            return new SecurityParts(settings, pki, loops);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new StartupException(String.valueOf(e.getMessage()));
        }
    }

    public Security security() {
        return security;
    }

    /// The pair that signs tokens of service accounts.
    public java.security.KeyPair signing() {
        return keys.signing();
    }

    public String issuer() {
        return issuer;
    }

    /// Everybody who may have certified somebody who connects.
    public List<X509Certificate> authorities() {
        var all = new ArrayList<>(clients.get());
        all.addAll(proxies.get());
        return all;
    }

    private @Nullable Audit audit(SecuritySettings settings) {
        var audit = settings.audit().start(loops);
        if (audit != null) {
            running.add(audit::close);
            metrics.add(audit::write);
        }
        return audit;
    }

    /// The file's, and the cluster's own: its components are certified by that.
    private Supplier<List<X509Certificate>> clients(Identities wanted, Pki pki) {
        var own = pki.authorities();
        if (wanted.clientAuthorities().isEmpty()) {
            return () -> own;
        }
        var file = followed("client_ca", wanted.clientAuthorities(), Pem::certificates);
        return () -> {
            var all = new ArrayList<>(own);
            file.current().stream().filter(one -> !all.contains(one)).forEach(all::add);
            return all;
        };
    }

    private Supplier<List<X509Certificate>> proxies(Identities wanted, Pki pki) {
        if (wanted.proxyAuthorities().isEmpty()) {
            var own = Pem.certificates(pki.frontProxyAuthorityPem());
            return () -> own;
        }
        return followed("requestheader_client_ca", wanted.proxyAuthorities(), Pem::certificates)
                ::current;
    }

    private @Nullable StructuredTokens structured(Identities wanted) {
        var oidc = wanted.oidc();
        if (wanted.configuration().isEmpty()) {
            if (oidc == null) {
                return null;
            }
            var fixed = oidc.configuration();
            return new StructuredTokens(() -> fixed, wanted.algorithms(), loops.clock());
        }
        if (oidc != null) {
            throw new IllegalArgumentException(
                    "authentication-config file and oidc-* flags are mutually exclusive");
        }
        var file =
                followed(
                        "authentication",
                        wanted.configuration(),
                        AuthenticationConfiguration::parse);
        metrics.add(file::write);
        return new StructuredTokens(file::current, java.util.Set.of(), loops.clock());
    }

    private @Nullable TokenAuthenticator webhook(Identities wanted, List<String> audiences) {
        var webhook = wanted.webhook();
        if (webhook == null) {
            return null;
        }
        var server = KubeconfigServer.read(Path.of(webhook.kubeconfig()), WEBHOOK_TIMEOUT);
        running.add(server::close);
        var clock = loops.clock();
        return new TokenCache(
                new WebhookTokens(server, webhook.version(), audiences, clock),
                webhook.remembered(),
                webhook.remembered(),
                clock);
    }

    private Supplier<AuthorizationConfiguration> authorization(Access wanted) {
        if (wanted.configuration().isEmpty()) {
            var fixed = AccessModes.configuration(wanted);
            return () -> fixed;
        }
        if (!wanted.modes().isEmpty() || wanted.webhook() != null) {
            throw new IllegalArgumentException(
                    "--authorization-config can not be specified when --authorization-mode or"
                            + " --authorization-webhook-* are set");
        }
        var file = followed("authorization", wanted.configuration(), Authorizers::parse);
        metrics.add(file::write);
        return file::current;
    }

    private <T> Reloading<T> followed(String what, String path, Function<String, T> parse) {
        try {
            var file = new Reloading<>(what, Path.of(path), parse, loops.clock());
            running.add(loops.start("reload-" + what.replace('_', '-'), file)::stop);
            return file;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        running.reversed().forEach(Runnable::run);
    }
}
