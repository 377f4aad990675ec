package io.coxswain.client;

import io.coxswain.api.json.Json;
import io.coxswain.base.tls.Pem;
import io.coxswain.base.tls.TlsIdentity;
import io.coxswain.http.ClientOptions;
import io.coxswain.http.ClientTls;
import io.coxswain.http.Headers;
import io.coxswain.http.HttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How to reach the cluster of a context, and as whom. Certificates and tokens may be embedded or
/// in files; a token file is read for each request, as somebody else renews it.
public record KubeconfigConnection(Kubeconfig.Context context) {

    public HttpClient connect() {
        return HttpClient.to(server(), options());
    }

    public URI server() {
        var server = context.cluster().text("server");
        return URI.create(server.contains("://") ? server : "https://" + server);
    }

    public ClientOptions options() {
        return ClientOptions.DEFAULT.withTls(tls()).withHeaders(headers());
    }

    private ClientTls tls() {
        var cluster = context.cluster();
        var authority = data(cluster, "certificate-authority");
        var tls = ClientTls.trustingDefaults();
        if (cluster.get("insecure-skip-tls-verify") instanceof Json.Bool(var skip) && skip) {
            tls = ClientTls.believingAnything();
        } else if (authority != null) {
            tls = ClientTls.trusting(Pem.certificates(authority));
        }
        var name = cluster.text("tls-server-name");
        if (!name.isEmpty()) {
            tls = tls.withServerName(name);
        }
        var certificate = data(context.user(), "client-certificate");
        var key = data(context.user(), "client-key");
        return certificate == null || key == null
                ? tls
                : tls.withIdentity(
                        new TlsIdentity(Pem.privateKey(key), Pem.certificates(certificate)));
    }

    private Supplier<Headers> headers() {
        var user = context.user();
        if (user.get("exec") != null || user.get("auth-provider") != null) {
            throw new IllegalArgumentException(
                    "context \""
                            + context.name()
                            + "\" logs in by a plugin; use a token or a"
                            + " certificate");
        }
        var fixed = impersonation();
        var file = user.text("tokenFile");
        if (!file.isEmpty()) {
            return () -> fixed.with("authorization", "Bearer " + read(file).strip());
        }
        var token = user.text("token");
        if (!token.isEmpty()) {
            var all = fixed.with("authorization", "Bearer " + token);
            return () -> all;
        }
        var name = user.text("username");
        if (!name.isEmpty()) {
            var pair = name + ":" + user.text("password");
            var basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            var all = fixed.with("authorization", "Basic " + basic);
            return () -> all;
        }
        return () -> fixed;
    }

    private Headers impersonation() {
        var user = context.user();
        var headers = Headers.EMPTY;
        if (!user.text("as").isEmpty()) {
            headers = headers.with("impersonate-user", user.text("as"));
        }
        if (!user.text("as-uid").isEmpty()) {
            headers = headers.with("impersonate-uid", user.text("as-uid"));
        }
        for (var group : user.items("as-groups")) {
            if (group instanceof Json.Str(var name)) {
                headers = headers.with("impersonate-group", name);
            }
        }
        return headers;
    }

    /// The text of `field-data`, or of the file that `field` names; embedded data wins.
    private @Nullable String data(Json.Obj entry, String field) {
        var embedded = entry.text(field + "-data");
        if (!embedded.isEmpty()) {
            return new String(Base64.getMimeDecoder().decode(embedded), StandardCharsets.UTF_8);
        }
        var file = entry.text(field);
        return file.isEmpty() ? null : read(file);
    }

    private String read(String file) {
        try {
            return Files.readString(context.directory().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
