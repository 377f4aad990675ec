package io.coxswain.apiserver.admission.optional;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.apiserver.remote.CallFailed;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.function.UnaryOperator;

/// The server that a kubeconfig file names, as the backend of [ImagePolicyWebhook].
public final class ImageBackend implements UnaryOperator<Json.Obj> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ANSWER_BYTES_MAX = 1 << 20;

    private final URI uri;
    private final HttpClient client;

    private ImageBackend(URI uri, HttpClient client) {
        this.uri = uri;
        this.client = client;
    }

    /// Throws [IllegalArgumentException] when the file cannot be used.
    public static ImageBackend of(String file) {
        if (file.isEmpty()) {
            throw new IllegalArgumentException("imagePolicy.kubeConfigFile: Required value");
        }
        try {
            var path = Path.of(file);
            var tree = Yaml.read(Files.readString(path)) instanceof Json.Obj it ? it : Json.EMPTY;
            var context = named(tree, "contexts", tree.text("current-context")).object("context");
            var cluster = named(tree, "clusters", context.text("cluster")).object("cluster");
            var user = named(tree, "users", context.text("user")).object("user");
            var uri = URI.create(cluster.text("server"));
            var port = uri.getPort() < 0 ? 443 : uri.getPort();
            var options =
                    ClientOptions.DEFAULT
                            .withTls(tls(cluster, user, path))
                            .withTimeouts(PATIENCE, PATIENCE);
            var base = URI.create("https://" + uri.getHost() + ":" + port);
            return new ImageBackend(uri, HttpClient.to(base, options));
        } catch (IOException | DecodeError e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Json.Obj apply(Json.Obj question) {
        var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        var request =
                Request.of("POST", path)
                        .withHeaders(Headers.of("accept", "application/json"))
                        .withBody("application/json", Payload.of(JsonWriter.write(question)));
        try (var body = client.open(request).body()) {
            return JsonReader.readObject(body.readAll(ANSWER_BYTES_MAX).bytes());
        } catch (IOException | UncheckedIOException | DecodeError e) {
            throw new CallFailed("Post \"" + uri + "\": " + e.getMessage());
        }
    }

    private static Json.Obj named(Json.Obj tree, String list, String name) {
        for (var item : tree.items(list)) {
            if (item instanceof Json.Obj entry && entry.text("name").equals(name)) {
                return entry;
            }
        }
        return Json.EMPTY;
    }

    private static ClientTls tls(Json.Obj cluster, Json.Obj user, Path file) throws IOException {
        var authority = data(cluster, "certificate-authority", file);
        var tls =
                authority.isEmpty()
                        ? ClientTls.trustingDefaults()
                        : ClientTls.trusting(Pem.certificates(authority));
        var certificate = data(user, "client-certificate", file);
        return certificate.isEmpty()
                ? tls
                : tls.withIdentity(
                        new TlsIdentity(
                                Pem.privateKey(data(user, "client-key", file)),
                                Pem.certificates(certificate)));
    }

    /// What stands in the file itself, or in the file it names.
    private static String data(Json.Obj tree, String field, Path file) throws IOException {
        var embedded = tree.text(field + "-data");
        if (!embedded.isEmpty()) {
            return new String(Base64.getDecoder().decode(embedded), StandardCharsets.UTF_8);
        }
        var name = tree.text(field);
        return name.isEmpty() ? "" : Files.readString(file.resolveSibling(name));
    }
}
