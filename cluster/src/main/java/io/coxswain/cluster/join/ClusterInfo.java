package io.coxswain.cluster.join;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.Yaml;
import io.coxswain.api.schema.ApiError;
import io.coxswain.base.tls.Pem;
import io.coxswain.client.ApiClient;
import io.coxswain.client.Kubeconfig;
import io.coxswain.cluster.StartupException;
import io.coxswain.controllers.bootstrap.BootstrapSigner;
import io.coxswain.controllers.bootstrap.DetachedSignature;
import io.coxswain.http.ClientOptions;
import io.coxswain.http.ClientTls;
import io.coxswain.http.HttpClient;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;

/// What a newcomer learns about a cluster before it trusts it: whose certificates to believe.
public final class ClusterInfo {

    private ClusterInfo() {}

    /// The content of `kube-public/cluster-info`: a kubeconfig without a user.
    static String kubeconfig(URI server, String authorityPem) {
        var cluster = new LinkedHashMap<String, Json>();
        var pem = authorityPem.getBytes(StandardCharsets.UTF_8);
        cluster.put("certificate-authority-data", Json.of(Base64.getEncoder().encodeToString(pem)));
        cluster.put("server", Json.of(server.toString()));
        var empty = Kubeconfig.empty(Path.of(""));
        return Yaml.write(empty.with("clusters", "", "cluster", Json.object(cluster)).tree());
    }

    /// The authorities of the cluster at `server`. They are believed because the token signed them,
    /// and, where `pins` are given, because they have one of these keys.
    public static List<X509Certificate> discover(URI server, JoinToken token, List<String> pins) {
        var unverified = ClientOptions.DEFAULT.withTls(ClientTls.believingAnything());
        var authorities = read(fetch(server, unverified), token);
        if (!pins.isEmpty() && authorities.stream().noneMatch(one -> KeyPin.matches(one, pins))) {
            throw new StartupException(
                    "the cluster at "
                            + server
                            + " has none of the pinned keys: its authority's is "
                            + KeyPin.of(authorities.getFirst())
                            + ". Either --discovery-token-ca-cert-hash is of another cluster, or"
                            + " somebody stands in between.");
        }
        // Whoever answered must also be able to show a certificate of that authority.
        var verified = ClientOptions.DEFAULT.withTls(ClientTls.trusting(authorities));
        fetch(server, verified);
        return authorities;
    }

    private static ConfigMap fetch(URI server, ClientOptions options) {
        try (var http = HttpClient.to(server, options)) {
            return new ApiClient(http, "cox-agent")
                    .get(ConfigMap.class, BootstrapSigner.NAMESPACE, BootstrapSigner.NAME);
        } catch (ApiError e) {
            throw new StartupException(
                    "the cluster at "
                            + server
                            + " does not tell newcomers about itself: "
                            + e.getMessage());
        } catch (UncheckedIOException e) {
            throw new StartupException("cannot reach " + server + ": " + reason(e));
        }
    }

    static List<X509Certificate> read(ConfigMap info, JoinToken token) {
        var content = info.data().get(BootstrapSigner.CONTENT);
        var signature = info.data().get(BootstrapSigner.SIGNATURE_PREFIX + token.id());
        if (content == null || signature == null) {
            throw new StartupException(
                    "the cluster does not know the token "
                            + token.id()
                            + ", or it has expired. Make one with: cox token create");
        }
        if (!DetachedSignature.matches(signature, content, token.id(), token.secret())) {
            throw new StartupException(
                    "the cluster information is not signed with the token "
                            + token.id()
                            + ": the token is wrong, or somebody stands in between");
        }
        return authorities(content);
    }

    private static List<X509Certificate> authorities(String content) {
        if (Yaml.read(content) instanceof Json.Obj tree
                && !tree.items("clusters").isEmpty()
                && tree.items("clusters").getFirst() instanceof Json.Obj entry) {
            var data = entry.object("cluster").text("certificate-authority-data");
            var pem = new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8);
            return Pem.certificates(pem);
        }
        throw new StartupException("the cluster information names no cluster");
    }

    static String reason(UncheckedIOException e) {
        var cause = e.getCause();
        return String.valueOf((cause == null ? e : cause).getMessage());
    }
}
