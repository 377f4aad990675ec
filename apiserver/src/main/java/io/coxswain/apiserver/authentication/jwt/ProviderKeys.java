package io.coxswain.apiserver.authentication.jwt;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.apiserver.authentication.jwt.AuthenticationConfiguration.Issuer;
import io.coxswain.base.Clock;
import io.coxswain.base.tls.Pem;
import io.coxswain.http.ClientOptions;
import io.coxswain.http.ClientTls;
import io.coxswain.http.HttpClient;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys that an identity provider signs with, fetched when they are needed: at first, and when
/// a token names one that is not known. Not more often than every few seconds, whoever asks, and
/// more and more rarely when the provider cannot be reached; until then older keys are good.
final class ProviderKeys {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderKeys.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(5);
    private static final int DOCUMENT_BYTES_MAX = 1 << 20;

    /// There are no keys, so nothing can be said about a token.
    static final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unavailable(String message) {
            super(message, null, false, false);
        }
    }

    private final Issuer issuer;
    private final Clock clock;
    private volatile Map<String, PublicKey> keys = Map.of();
    private long notBeforeNanos;
    private Duration pause = Duration.ZERO;
    private boolean asked;

    ProviderKeys(Issuer issuer, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /// Those a token may have been signed with. Throws [Unavailable].
    List<PublicKey> candidates(String keyId) {
        var known = find(keyId);
        if (!known.isEmpty()) {
            return known;
        }
        refresh(keyId);
        if (keys.isEmpty()) {
            throw new Unavailable("oidc: authenticator not initialized");
        }
        return find(keyId);
    }

    private List<PublicKey> find(String keyId) {
        var current = keys;
        if (keyId.isEmpty()) {
            return List.copyOf(current.values());
        }
        var named = current.get(keyId);
        return named == null ? List.of() : List.of(named);
    }

    private synchronized void refresh(String keyId) {
        if (!find(keyId).isEmpty() || (asked && clock.nanos() - notBeforeNanos < 0)) {
            return;
        }
        asked = true;
        try {
            keys = fetch();
            pause = PAUSE;
        } catch (IOException | UncheckedIOException | DecodeError | IllegalArgumentException e) {
            LOG.error("the keys of {} cannot be had: {}", issuer.url(), e.getMessage());
            var longer = pause.isZero() ? PAUSE : pause.multipliedBy(2);
            pause = longer.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : longer;
        }
        notBeforeNanos = clock.nanos() + pause.toNanos();
    }

    private Map<String, PublicKey> fetch() throws IOException {
        var discovery =
                issuer.discoveryURL().isEmpty()
                        ? strip(issuer.url()) + "/.well-known/openid-configuration"
                        : issuer.discoveryURL();
        var document = get(URI.create(discovery));
        if (!document.text("issuer").equals(issuer.url())) {
            throw new IllegalArgumentException(
                    "oidc: issuer did not match the issuer returned by provider, expected \""
                            + issuer.url()
                            + "\" got \""
                            + document.text("issuer")
                            + "\"");
        }
        var found = new LinkedHashMap<String, PublicKey>();
        for (var item : get(URI.create(document.text("jwks_uri"))).items("keys")) {
            if (item instanceof Json.Obj key) {
                var parsed = Jwk.parse(key);
                if (parsed != null) {
                    var id = key.text("kid");
                    found.put(id.isEmpty() ? "#" + found.size() : id, parsed);
                }
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("there is no key that can be used");
        }
        return found;
    }

    private Json.Obj get(URI uri) throws IOException {
        if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException(uri + " is no https URL");
        }
        var tls =
                issuer.certificateAuthority().isEmpty()
                        ? ClientTls.trustingDefaults()
                        : ClientTls.trusting(Pem.certificates(issuer.certificateAuthority()));
        var options = ClientOptions.DEFAULT.withTls(tls).withTimeouts(TIMEOUT, TIMEOUT);
        var port = uri.getPort() < 0 ? 443 : uri.getPort();
        var base = URI.create("https://" + uri.getHost() + ":" + port);
        var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        var request =
                Request.get(path)
                        .withQuery(Query.parse(uri.getRawQuery()))
                        .withHeader("accept", "application/json");
        try (var client = HttpClient.to(base, options)) {
            var exchange = client.open(request);
            try (var body = exchange.body()) {
                if (exchange.status() != 200) {
                    throw new IOException(uri + " answered with status " + exchange.status());
                }
                return JsonReader.readObject(body.readAll(DOCUMENT_BYTES_MAX).bytes());
            }
        }
    }

    private static String strip(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /// For health: whether the keys were had once.
    boolean ready() {
        return !new ArrayList<>(keys.values()).isEmpty();
    }
}
