package io.coxswain.conformance.fabric8;

import io.coxswain.conformance.Server;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/// Clients of a server, made from its kubeconfig as their users make them.
final class Connections {

    private Connections() {}

    static KubernetesClient to(Server server) {
        return new KubernetesClientBuilder().withConfig(config(server)).build();
    }

    /// A client whose default namespace is new.
    static KubernetesClient inNamespace(Server server, String namespace) {
        var config = config(server);
        config.setNamespace(namespace);
        var client = new KubernetesClientBuilder().withConfig(config).build();
        client.namespaces()
                .resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(namespace)
                                .endMetadata()
                                .build())
                .create();
        return client;
    }

    static Config config(Server server) {
        try {
            return Config.fromKubeconfig(Files.readString(server.kubeconfig()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
