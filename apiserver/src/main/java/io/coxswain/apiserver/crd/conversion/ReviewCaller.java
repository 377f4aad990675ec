package io.coxswain.apiserver.crd.conversion;

import io.coxswain.api.apiextensions.CustomResourceDefinition;
import io.coxswain.api.apiextensions.CustomResourceDefinition.ServiceReference;
import io.coxswain.api.apiextensions.CustomResourceDefinition.WebhookClientConfig;
import io.coxswain.api.core.Service;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.apiserver.crd.Converter;
import io.coxswain.apiserver.crd.conversion.WebhookConverter.ReviewFailure;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.http.ClientOptions;
import io.coxswain.http.ClientTls;
import io.coxswain.http.HttpClient;
import io.coxswain.http.Payload;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import io.coxswain.storage.Store;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Sends conversion reviews over HTTPS, to a URL or to a service of this cluster.
public final class ReviewCaller {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int BODY_BYTES_MAX = 64 << 20;

    private final Store store;
    private final Catalog catalog;

    /// Where a webhook is.
    ///
    /// @param dial null for the host of the URI
    private record Target(URI uri, @Nullable InetSocketAddress dial) {}

    public ReviewCaller(Store store, Catalog catalog) {
        this.store = store;
        this.catalog = catalog;
    }

    /// The converter that a definition asks for.
    public Converter converter(CustomResourceDefinition definition) {
        var conversion = definition.spec().conversion();
        var webhook = conversion == null ? null : conversion.webhook();
        var client = webhook == null ? null : webhook.clientConfig();
        return WebhookConverter.of(definition, review -> send(client, review));
    }

    private Json.Obj send(@Nullable WebhookClientConfig config, Json.Obj review) {
        if (config == null) {
            throw new ReviewFailure("no webhook is configured");
        }
        var target = target(config);
        var uri = target.uri();
        var dial = target.dial();
        var tls = tls(config.caBundle()).withServerName(dial == null ? null : uri.getHost());
        var plain = ClientOptions.DEFAULT.withTls(tls).withTimeouts(TIMEOUT, TIMEOUT);
        var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        var request =
                Request.of("POST", path)
                        .withQuery(Query.parse("timeout=" + TIMEOUT.toSeconds() + "s"))
                        .withHeader("accept", "application/json, */*")
                        .withBody("application/json", Payload.of(JsonWriter.write(review)));
        var port = uri.getPort() < 0 ? 443 : uri.getPort();
        var base = URI.create("https://" + uri.getHost() + ":" + port);
        try (var client = HttpClient.to(base, dial == null ? plain : plain.withAddress(dial));
                var answer = client.open(request).body()) {
            return JsonReader.readObject(answer.readAll(BODY_BYTES_MAX).bytes());
        } catch (IOException | UncheckedIOException | DecodeError e) {
            throw new ReviewFailure("Post \"" + uri + "\": " + e.getMessage());
        }
    }

    private Target target(WebhookClientConfig config) {
        var url = config.url();
        if (url != null) {
            return new Target(URI.create(url), null);
        }
        var service = config.service();
        if (service == null) {
            throw new ReviewFailure("invalid webhook configuration: no URL and no service");
        }
        var port = Objects.requireNonNullElse(service.port(), 443);
        var host = service.name() + "." + service.namespace() + ".svc";
        var path = Objects.requireNonNullElse(service.path(), "/");
        var uri = URI.create("https://" + host + ":" + port + path);
        return new Target(uri, new InetSocketAddress(address(service), port));
    }

    private String address(ServiceReference reference) {
        var kind = catalog.of(Service.class);
        var entry = store.snapshot().get(kind.key(reference.namespace(), reference.name()));
        if (entry == null) {
            throw new ReviewFailure("service \"" + reference.name() + "\" not found");
        }
        return kind.object(entry).spec().clusterIP();
    }

    private static ClientTls tls(byte[] bundle) {
        if (bundle.length == 0) {
            return ClientTls.trustingDefaults();
        }
        try {
            var factory = CertificateFactory.getInstance("X.509");
            var all = new ArrayList<X509Certificate>();
            for (var certificate : factory.generateCertificates(new ByteArrayInputStream(bundle))) {
                all.add((X509Certificate) certificate);
            }
            return ClientTls.trusting(List.copyOf(all));
        } catch (CertificateException e) {
            throw new ReviewFailure("unable to load root certificates: " + e.getMessage());
        }
    }
}
