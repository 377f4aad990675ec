package io.coxswain.cluster.commands;

import io.coxswain.api.core.ServiceAccount;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.base.Clock;
import io.coxswain.client.ApiClient;
import io.coxswain.client.Client;
import io.coxswain.client.KubeconfigConnection;
import io.coxswain.controllers.Identities;
import io.coxswain.http.Headers;
import io.coxswain.http.HttpClient;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/// Clients of an API server elsewhere, each of which acts as a service account in `kube-system`.
/// Its token is asked for when it is needed, and again before it ends.
final class AccountClients implements Function<String, Client>, AutoCloseable {

    private static final Duration LIFETIME = Duration.ofHours(1);

    private final Client issuer;
    private final KubeconfigConnection connection;
    private final Clock clock;
    private final Deque<HttpClient> open = new ArrayDeque<>();

    /// @param issuer may create service accounts and tokens for them
    /// @param connection to the same server, as nobody
    AccountClients(Client issuer, KubeconfigConnection connection, Clock clock) {
        this.issuer = issuer;
        this.connection = connection;
        this.clock = clock;
    }

    @Override
    public Client apply(String account) {
        var options = connection.options().withHeaders(new Token(account));
        var http = HttpClient.to(connection.server(), options);
        open.push(http);
        return new ApiClient(http, account);
    }

    @Override
    public void close() {
        open.forEach(HttpClient::close);
    }

    /// The token of one account.
    private final class Token implements Supplier<Headers> {
        private final String account;
        private Headers headers = Headers.EMPTY;
        private Instant renew = Instant.MIN;

        private Token(String account) {
            this.account = account;
        }

        @Override
        public synchronized Headers get() {
            if (!clock.now().isBefore(renew)) {
                var token = ask().object("status").text("token");
                headers = Headers.of("authorization", "Bearer " + token);
                renew = clock.now().plus(LIFETIME.multipliedBy(4).dividedBy(5));
            }
            return headers;
        }

        private Json.Obj ask() {
            try {
                return issued();
            } catch (ApiError error) {
                if (!error.notFound()) {
                    throw error;
                }
                create();
                return issued();
            }
        }

        private Json.Obj issued() {
            var spec = Map.of("expirationSeconds", Json.of(LIFETIME.toSeconds()));
            var body =
                    Json.object(
                            Map.of(
                                    "apiVersion",
                                    Json.of("authentication.k8s.io/v1"),
                                    "kind",
                                    Json.of("TokenRequest"),
                                    "spec",
                                    Json.object(spec)));
            var path =
                    "/api/v1/namespaces/"
                            + Identities.NAMESPACE
                            + "/serviceaccounts/"
                            + account
                            + "/token";
            return issuer.json(
                    Request.of("POST", path)
                            .withBody("application/json", Payload.of(JsonWriter.write(body))));
        }

        private void create() {
            var metadata =
                    Edit.of(ObjectMeta.class)
                            .set(ObjectMeta::name, account)
                            .set(ObjectMeta::namespace, Identities.NAMESPACE)
                            .done();
            try {
                issuer.create(
                        Edit.of(ServiceAccount.class)
                                .set(ServiceAccount::metadata, metadata)
                                .done());
            } catch (ApiError error) {
                if (!error.alreadyExists()) {
                    throw error;
                }
            }
        }
    }
}
