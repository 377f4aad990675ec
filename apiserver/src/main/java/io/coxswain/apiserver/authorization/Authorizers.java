package io.coxswain.apiserver.authorization;

import io.coxswain.api.schema.FieldErrors;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.authorization.AuthorizationConfiguration.ConnectionInfo;
import io.coxswain.apiserver.authorization.AuthorizationConfiguration.Member;
import io.coxswain.apiserver.authorization.AuthorizationConfiguration.Webhook;
import io.coxswain.apiserver.authorization.Union.Named;
import io.coxswain.apiserver.config.ConfigurationFile;
import io.coxswain.apiserver.config.KubeconfigServer;
import io.coxswain.apiserver.metrics.Exposition;
import io.coxswain.base.Clock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/// The authorizers of a configuration, in its order, which may change while the server runs.
///
/// Node and RBAC are made once and shared: they follow the store.
public final class Authorizers implements Authorizer, AutoCloseable {

    /// Node before RBAC, as a cluster has it unless it is told otherwise.
    public static final AuthorizationConfiguration STANDARD =
            new AuthorizationConfiguration(
                    "AuthorizationConfiguration",
                    "apiserver.config.k8s.io/v1",
                    List.of(new Member("Node", "node", null), new Member("RBAC", "rbac", null)));

    private final Supplier<AuthorizationConfiguration> configuration;
    private final Authorizer node;
    private final Authorizer rbac;
    private final Clock clock;
    private volatile Current current;

    private record Current(
            AuthorizationConfiguration configuration,
            Union union,
            List<WebhookAuthorizer> webhooks) {}

    /// Throws [ConfigurationFile.Invalid] for a webhook that cannot be reached by what is written.
    public Authorizers(
            Supplier<AuthorizationConfiguration> configuration,
            Authorizer node,
            Authorizer rbac,
            Clock clock) {
        this.configuration = configuration;
        this.node = node;
        this.rbac = rbac;
        this.clock = clock;
        this.current = make(configuration.get());
    }

    /// A configuration whose webhooks can be asked, as far as their files say how. Throws
    /// [ConfigurationFile.Invalid].
    public static AuthorizationConfiguration parse(String text) {
        var read = AuthorizationConfiguration.parse(text);
        for (var member : read.authorizers()) {
            if (member.webhook() != null) {
                webhook(member.webhook(), Clock.SYSTEM).close();
            }
        }
        return read;
    }

    @Override
    public Decision authorize(Attributes attributes) {
        return union().authorize(attributes);
    }

    @Override
    public String unlisted(User user) {
        return union().unlisted(user);
    }

    public void write(Exposition out) {
        union().write(out);
    }

    @Override
    public void close() {
        current.webhooks().forEach(WebhookAuthorizer::close);
    }

    @SuppressWarnings("ReferenceEquality") // A configuration that was read again is another one.
    private Union union() {
        var wanted = configuration.get();
        if (current.configuration() != wanted) {
            synchronized (this) {
                if (current.configuration() != wanted) {
                    var before = current;
                    current = make(wanted);
                    before.webhooks().forEach(WebhookAuthorizer::close);
                }
            }
        }
        return current.union();
    }

    private Current make(AuthorizationConfiguration wanted) {
        var members = new ArrayList<Named>();
        var webhooks = new ArrayList<WebhookAuthorizer>();
        for (var member : wanted.authorizers()) {
            var authorizer =
                    switch (member.type()) {
                        case "Node" -> node;
                        case "RBAC" -> rbac;
                        case "AlwaysAllow" -> (Authorizer) request -> new Allowed("");
                        case "AlwaysDeny" ->
                                (Authorizer) request -> new NoOpinion("Everything is forbidden.");
                        case "Webhook" -> {
                            var made = webhook(Objects.requireNonNull(member.webhook()), clock);
                            webhooks.add(made);
                            yield made;
                        }
                        default ->
                                throw new ConfigurationFile.Invalid(
                                        "unknown authorization mode \"" + member.type() + "\"");
                    };
            members.add(new Named(member.type(), member.name(), authorizer));
        }
        return new Current(wanted, new Union(List.copyOf(members)), List.copyOf(webhooks));
    }

    private static WebhookAuthorizer webhook(Webhook webhook, Clock clock) {
        ConnectionInfo connection = webhook.connectionInfo();
        var server =
                KubeconfigServer.read(
                        Path.of(Objects.requireNonNull(connection.kubeConfigFile())),
                        Intervals.parse(webhook.timeout()));
        var yes = !Boolean.FALSE.equals(webhook.cacheAuthorizedRequests());
        var no = !Boolean.FALSE.equals(webhook.cacheUnauthorizedRequests());
        return new WebhookAuthorizer(
                server,
                new WebhookAuthorizer.Settings(
                        webhook.subjectAccessReviewVersion(),
                        yes ? Intervals.parse(webhook.authorizedTTL()) : java.time.Duration.ZERO,
                        no ? Intervals.parse(webhook.unauthorizedTTL()) : java.time.Duration.ZERO,
                        webhook.failurePolicy().equals("Deny"),
                        MatchConditions.compile(webhook.matchConditions(), new FieldErrors())),
                clock);
    }
}
