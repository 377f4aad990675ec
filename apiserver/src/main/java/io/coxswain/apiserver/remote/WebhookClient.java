package io.coxswain.apiserver.remote;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.http.Exchange;
import io.coxswain.http.HttpClient;
import io.coxswain.http.Payload;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import io.coxswain.storage.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Sends a question to a webhook over HTTPS and waits for the answer, no longer than it is told to
/// and for no more bytes than it is told to. Redirects are not followed, so that nobody is asked
/// who was not configured.
public final class WebhookClient implements AutoCloseable {

    /// The longest that any webhook may take.
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final ServiceAddresses addresses;
    private final Connections connections = new Connections(null, true, LONGEST, LONGEST);

    public WebhookClient(Store store, Catalog catalog) {
        this(new EndpointAddresses(store, catalog));
    }

    public WebhookClient(ServiceAddresses addresses) {
        this.addresses = addresses;
    }

    /// How patient a question is.
    public record Patience(Duration timeout, int answerBytesMax) {}

    /// The answer; throws [CallFailed] when there is none.
    public Json.Obj ask(WebhookTarget target, Json.Obj question, Patience patience) {
        var uri = uri(target);
        var query = "timeout=" + patience.timeout.toSeconds() + "s";
        var shown = "Post \"" + uri + "?" + query + "\": ";
        try {
            return Deadline.within(
                    patience.timeout,
                    "webhook-" + uri.getHost(),
                    () -> send(target, uri, query, question, patience));
        } catch (TimeoutException e) {
            throw new CallFailed(shown + "context deadline exceeded");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallFailed(shown + "context canceled");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CallFailed known
                    ? known
                    : new CallFailed(shown + DialErrors.text(uri, e.getCause()));
        }
    }

    private static URI uri(WebhookTarget target) {
        var service = target.service();
        if (target.url() == null && service == null) {
            throw new CallFailed("webhook configuration must have either service or URL");
        }
        var text =
                service == null
                        ? target.url()
                        : "https://" + service.host() + ":" + service.port() + service.path();
        try {
            var given = URI.create(String.valueOf(text));
            var uri = "".equals(given.getRawPath()) ? given.resolve("/") : given;
            if (uri.getHost() != null && "https".equals(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            throw new CallFailed("unable to parse webhook URL: " + malformed.getMessage());
        }
        throw new CallFailed("webhook URL must be an https URL with a host: " + text);
    }

    private Json.Obj send(
            WebhookTarget target, URI uri, String query, Json.Obj question, Patience patience) {
        var path = uri.getRawPath();
        var request =
                Request.of("POST", path == null || path.isEmpty() ? "/" : path)
                        .withQuery(Query.parse(query))
                        .withHeader("accept", "application/json, */*")
                        .withHeader("user-agent", "kube-apiserver-admission")
                        .withBody("application/json", Payload.of(JsonWriter.write(question)));
        var exchange = client(target, uri).open(request);
        try (var body = exchange.body()) {
            if (exchange.status() >= 300 && exchange.status() < 400) {
                throw new IOException("redirects are not followed");
            }
            var bytes = body.readAll(patience.answerBytesMax).bytes();
            return read(exchange, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Json.Obj read(Exchange exchange, byte[] bytes) {
        if (exchange.status() < 200 || exchange.status() > 206) {
            throw new CallFailed(ServerErrors.text(exchange.status(), bytes));
        }
        var type = exchange.headers().first("content-type");
        if (type != null && !isJson(type)) {
            throw new CallFailed("serializer for " + type + " doesn't exist");
        }
        try {
            return JsonReader.readObject(bytes);
        } catch (DecodeError e) {
            throw new CallFailed("couldn't get version/kind; json parse error: " + e.getMessage());
        }
    }

    private static boolean isJson(String contentType) {
        var type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.isEmpty() || type.equals("application/json");
    }

    private HttpClient client(WebhookTarget target, URI uri) {
        var port = uri.getPort() < 0 ? 443 : uri.getPort();
        var base = URI.create("https://" + uri.getHost() + ":" + port);
        var way = new Connections.Way(base, address(target, port), target.trust());
        try {
            return connections.to(way);
        } catch (IllegalArgumentException e) {
            throw new CallFailed(
                    "unable to load root certificates: unable to parse bytes as PEM block");
        }
    }

    private @Nullable InetSocketAddress address(WebhookTarget target, int port) {
        var service = target.service();
        if (service == null || target.url() != null) {
            return null;
        }
        return switch (addresses.find(service.namespace(), service.name(), port)) {
            case ServiceAddresses.Found.At(var address) -> address;
            case ServiceAddresses.Found.Nowhere nowhere ->
                    throw new UncheckedIOException(new IOException(nowhere.dialing()));
        };
    }

    @Override
    public void close() {
        connections.close();
    }
}
