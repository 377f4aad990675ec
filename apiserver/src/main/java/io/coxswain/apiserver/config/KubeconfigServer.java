package io.coxswain.apiserver.config;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.apiserver.remote.Deadline;
import io.coxswain.base.tls.Pem;
import io.coxswain.base.tls.TlsIdentity;
import io.coxswain.http.ClientOptions;
import io.coxswain.http.ClientTls;
import io.coxswain.http.Headers;
import io.coxswain.http.HttpClient;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A server that is asked or told something, as a kubeconfig file names it: its address, who
/// vouches for it, and what this server shows it of itself. Redirects are not followed.
public final class KubeconfigServer implements AutoCloseable {

    private static final int ANSWER_BYTES_MAX = 8 << 20;

    /// The whole conversation has a deadline; no part of it is to end a moment before.
    private static final Duration SLACK = Duration.ofSeconds(1);

    /// The server did not answer as it should.
    ///
    /// @see #worthAnotherTry
    public static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final boolean again;

        Failed(String message, boolean again) {
            super(message, null, false, false);
            this.again = again;
        }

        /// Whether it was there but busy, or not there.
        public boolean worthAnotherTry() {
            return again;
        }
    }

    private final URI uri;
    private final Duration timeout;
    private final HttpClient client;

    private KubeconfigServer(URI uri, Duration timeout, HttpClient client) {
        this.uri = uri;
        this.timeout = timeout;
        this.client = client;
    }

    /// Reads the file; throws [ConfigurationFile.Invalid].
    ///
    /// @param timeout of a question with its whole answer
    @SuppressWarnings("ReferenceEquality") // There is one empty object for what is missing.
    public static KubeconfigServer read(Path file, Duration timeout) {
        try {
            if (!(Yaml.read(ConfigurationFile.text(file)) instanceof Json.Obj tree)) {
                throw new ConfigurationFile.Invalid(file + " holds no kubeconfig");
            }
            var context = named(tree, "contexts", tree.text("current-context")).object("context");
            if (context == Json.EMPTY) {
                throw new ConfigurationFile.Invalid(
                        file + ": invalid configuration: no configuration has been provided");
            }
            var cluster = named(tree, "clusters", context.text("cluster")).object("cluster");
            var user = named(tree, "users", context.text("user")).object("user");
            var uri = URI.create(cluster.text("server"));
            if (uri.getHost() == null) {
                throw new ConfigurationFile.Invalid(file + ": the cluster has no server");
            }
            var directory = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
            var options =
                    ClientOptions.DEFAULT
                            .withTls(tls(cluster, user, directory))
                            .withHeaders(headers(user, directory))
                            .withTimeouts(timeout, timeout.plus(SLACK));
            var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            var base = URI.create(uri.getScheme() + "://" + uri.getHost() + port);
            return new KubeconfigServer(uri, timeout, HttpClient.to(base, options));
        } catch (ConfigurationFile.Invalid known) {
            throw known;
        } catch (DecodeError | IllegalArgumentException | UncheckedIOException e) {
            throw new ConfigurationFile.Invalid(file + ": " + e.getMessage());
        }
    }

    /// Sends an object and waits for one; throws [Failed].
    public Json.Obj post(Json.Obj question) {
        return post(JsonWriter.write(question));
    }

    public Json.Obj post(byte[] question) {
        try {
            return JsonReader.readObject(send(question));
        } catch (DecodeError e) {
            throw failed("the answer is no JSON", false);
        }
    }

    /// Sends an object to somebody who need not say anything to it.
    public void tell(byte[] event) {
        send(event);
    }

    private byte[] send(byte[] question) {
        try {
            return Deadline.within(timeout, "ask-" + uri.getHost(), () -> exchange(question));
        } catch (TimeoutException e) {
            throw failed("context deadline exceeded", false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("context canceled", false);
        } catch (ExecutionException e) {
            var cause = e.getCause();
            throw cause instanceof Failed known
                    ? known
                    : failed(cause == null ? "" : String.valueOf(cause.getMessage()), true);
        }
    }

    private byte[] exchange(byte[] question) throws IOException {
        var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        var request =
                Request.of("POST", path)
                        .withHeader("accept", "application/json, */*")
                        .withBody("application/json", Payload.of(question));
        var exchange = client.open(request);
        try (var body = exchange.body()) {
            var status = exchange.status();
            if (status < 200 || status >= 300) {
                throw failed(
                        "the server answered with status " + status,
                        status == 429 || status >= 500);
            }
            return body.readAll(ANSWER_BYTES_MAX).bytes();
        }
    }

    private Failed failed(String why, boolean again) {
        return new Failed("Post \"" + uri + "\": " + why, again);
    }

    @Override
    public void close() {
        client.close();
    }

    private static Json.Obj named(Json.Obj tree, String list, String name) {
        for (var item : tree.items(list)) {
            if (item instanceof Json.Obj entry && entry.text("name").equals(name)) {
                return entry;
            }
        }
        return Json.EMPTY;
    }

    private static ClientTls tls(Json.Obj cluster, Json.Obj user, Path directory) {
        var authority = data(cluster, "certificate-authority", directory);
        var skips = Json.of(true).equals(cluster.get("insecure-skip-tls-verify"));
        var tls =
                skips
                        ? ClientTls.believingAnything()
                        : authority == null
                                ? ClientTls.trustingDefaults()
                                : ClientTls.trusting(Pem.certificates(authority));
        var name = cluster.text("tls-server-name");
        var called = name.isEmpty() ? tls : tls.withServerName(name);
        var certificate = data(user, "client-certificate", directory);
        var key = data(user, "client-key", directory);
        return certificate == null || key == null
                ? called
                : called.withIdentity(
                        new TlsIdentity(Pem.privateKey(key), Pem.certificates(certificate)));
    }

    private static Supplier<Headers> headers(Json.Obj user, Path directory) {
        var file = user.text("tokenFile");
        if (!file.isEmpty()) {
            var path = directory.resolve(file);
            return () ->
                    Headers.of("authorization", "Bearer " + ConfigurationFile.text(path).strip());
        }
        if (!user.text("token").isEmpty()) {
            var headers = Headers.of("authorization", "Bearer " + user.text("token"));
            return () -> headers;
        }
        if (!user.text("username").isEmpty()) {
            var pair = user.text("username") + ":" + user.text("password");
            var basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            var headers = Headers.of("authorization", "Basic " + basic);
            return () -> headers;
        }
        return () -> Headers.EMPTY;
    }

    private static @Nullable String data(Json.Obj entry, String field, Path directory) {
        var embedded = entry.text(field + "-data");
        if (!embedded.isEmpty()) {
            return new String(Base64.getMimeDecoder().decode(embedded), StandardCharsets.UTF_8);
        }
        var file = entry.text(field);
        return file.isEmpty() ? null : ConfigurationFile.text(directory.resolve(file));
    }
}
