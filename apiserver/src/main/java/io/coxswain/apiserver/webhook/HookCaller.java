package io.coxswain.apiserver.webhook;

import io.coxswain.api.core.Service;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.apiserver.admission.Objects;
import io.coxswain.http.ClientOptions;
import io.coxswain.http.ClientTls;
import io.coxswain.http.HttpClient;
import io.coxswain.http.Payload;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
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
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Sends a review to a webhook and waits for its answer, no longer than the hook allows.
final class HookCaller {

    private static final int BODY_BYTES_MAX = 16 << 20;

    /// A hook that could not be asked, or whose answer made no sense.
    static final class Unreachable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreachable(String message) {
            super(message, null, false, false);
        }

        String text() {
            return String.valueOf(getMessage());
        }
    }

    /// Where a hook is.
    ///
    /// @param shown as messages write it
    /// @param dial null for the host of the URI
    private record Target(URI uri, String shown, @Nullable InetSocketAddress dial) {}

    private final Objects objects;

    HookCaller(Objects objects) {
        this.objects = objects;
    }

    Json.Obj call(Hook hook, Json.Obj review) {
        var target = target(hook);
        var task = new FutureTask<>(() -> send(hook, target, review));
        Thread.ofVirtual().name("webhook-" + hook.name()).start(task);
        try {
            return task.get(hook.timeoutSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | CancellationException e) {
            task.cancel(true);
            throw failed(target, "context deadline exceeded");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(target, "context canceled");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Unreachable known
                    ? known
                    : failed(target, reason(target, e.getCause()));
        }
    }

    private Json.Obj send(Hook hook, Target target, Json.Obj review) {
        var uri = target.uri();
        var tls = tls(hook).withServerName(target.dial() == null ? null : uri.getHost());
        var plain = ClientOptions.DEFAULT.withTls(tls).withTimeouts(seconds(hook), seconds(hook));
        var dial = target.dial();
        var options = dial == null ? plain : plain.withAddress(dial);
        var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        var request =
                Request.of("POST", path)
                        .withQuery(Query.parse("timeout=" + hook.timeoutSeconds() + "s"))
                        .withHeader("accept", "application/json, */*")
                        .withBody("application/json", Payload.of(JsonWriter.write(review)));
        try (var client = HttpClient.to(base(uri), options)) {
            return JsonReader.readObject(answer(client, request, target));
        } catch (DecodeError e) {
            throw new Unreachable(
                    "failed to call webhook: expected response to be JSON: " + e.getMessage());
        }
    }

    private static byte[] answer(HttpClient client, Request request, Target target) {
        var exchange = client.open(request);
        try (var body = exchange.body()) {
            var status = exchange.status();
            if (status >= 300 && status < 400) {
                throw failed(target, "redirects are not followed");
            }
            if (status != 200) {
                throw new Unreachable(
                        "failed to call webhook: the server could not find the requested"
                                + " resource or refused: status "
                                + status);
            }
            return body.readAll(BODY_BYTES_MAX).bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI base(URI uri) {
        var port = uri.getPort() < 0 ? 443 : uri.getPort();
        return URI.create("https://" + uri.getHost() + ":" + port);
    }

    private static Duration seconds(Hook hook) {
        return Duration.ofSeconds(hook.timeoutSeconds());
    }

    private static ClientTls tls(Hook hook) {
        var bundle = hook.client().caBundle();
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
            throw new Unreachable(
                    "failed to call webhook: unable to load root certificates: unable to parse"
                            + " bytes as PEM block");
        }
    }

    private Target target(Hook hook) {
        var url = hook.client().url();
        var timeout = "?timeout=" + hook.timeoutSeconds() + "s";
        if (url != null) {
            var uri = URI.create(url);
            return new Target(uri, url + timeout, null);
        }
        var service = hook.client().service();
        if (service == null) {
            throw new Unreachable("webhook configuration must have either service or URL");
        }
        var wanted = service.port();
        var port = wanted == null ? 443 : wanted;
        var name = service.name() + "." + service.namespace() + ".svc";
        var path = service.path() == null ? "" : service.path();
        var slash = path.isEmpty() || path.startsWith("/") ? "" : "/";
        var uri = URI.create("https://" + name + ":" + port + slash + path);
        var address = address(service.namespace(), service.name(), port);
        return new Target(uri, uri + timeout, address);
    }

    private InetSocketAddress address(String namespace, String name, int port) {
        var service = objects.find(Service.class, namespace, name);
        if (service == null) {
            throw new Unreachable("failed to call webhook: service \"" + name + "\" not found");
        }
        var ip = service.spec().clusterIP();
        if (ip.isEmpty() || ip.equals("None")) {
            throw new Unreachable(
                    "failed to call webhook: no endpoints available for service \"" + name + "\"");
        }
        var known = service.spec().ports().stream().anyMatch(own -> own.port() == port);
        if (!known) {
            throw new Unreachable(
                    "failed to call webhook: no service port "
                            + port
                            + " found for service \""
                            + name
                            + "\"");
        }
        return new InetSocketAddress(ip, port);
    }

    private static Unreachable failed(Target target, String why) {
        return new Unreachable("failed to call webhook: Post \"" + target.shown() + "\": " + why);
    }

    /// As Go's dialer words it.
    private static String reason(Target target, @Nullable Throwable cause) {
        for (var at = cause; at != null; at = at.getCause()) {
            if (at instanceof java.net.ConnectException) {
                var uri = target.uri();
                var port = uri.getPort() < 0 ? 443 : uri.getPort();
                return "dial tcp " + uri.getHost() + ":" + port + ": connect: connection refused";
            }
        }
        return cause == null ? "unknown" : String.valueOf(cause.getMessage());
    }
}
