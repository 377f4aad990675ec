package io.coxswain.conformance.official;

import io.coxswain.conformance.Server;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/// Clients of a server, made from its kubeconfig as their users make them.
final class Clients {

    private Clients() {}

    static ApiClient to(Server server) {
        try (var reader = Files.newBufferedReader(server.kubeconfig())) {
            return ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(reader)).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A client, and the new namespace that a suite works in.
    static ApiClient inNamespace(Server server, String namespace) {
        var client = to(server);
        try {
            new CoreV1Api(client)
                    .createNamespace(
                            new V1Namespace().metadata(new V1ObjectMeta().name(namespace)))
                    .execute();
        } catch (ApiException e) {
            throw new IllegalStateException(e.getResponseBody(), e);
        }
        return client;
    }
}
