package io.coxswain.cluster.join;

import io.coxswain.api.Kinds;
import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.Client;
import io.coxswain.controllers.bootstrap.BootstrapSigner;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Makes a cluster one that machines can join: tells newcomers whom to trust, and gives them the
/// rights they need. What is there already stays as it is.
public final class JoinSetup {

    private final Client client;

    /// @param client may grant rights
    public JoinSetup(Client client) {
        this.client = client;
    }

    /// @param server where other machines reach the API server
    /// @param network what nodes have to know, in a ConfigMap that they may read
    public void run(URI server, String authorityPem, ConfigMap network) {
        var content = ClusterInfo.kubeconfig(server, authorityPem);
        var present = client.find(ConfigMap.class, BootstrapSigner.NAMESPACE, BootstrapSigner.NAME);
        rights();
        if (present == null) {
            keep(network);
            client.create(info(content));
        } else if (!content.equals(present.data().get(BootstrapSigner.CONTENT))) {
            keep(network);
            client.update(
                    Edit.with(present, ConfigMap::data, Map.of(BootstrapSigner.CONTENT, content)));
        }
    }

    private void keep(ConfigMap network) {
        if (client.find(ConfigMap.class, network.namespace(), network.name()) == null) {
            client.create(network);
        }
    }

    private static ConfigMap info(String content) {
        var metadata =
                Edit.of(ObjectMeta.class)
                        .set(ObjectMeta::name, BootstrapSigner.NAME)
                        .set(ObjectMeta::namespace, BootstrapSigner.NAMESPACE)
                        .done();
        return Edit.of(ConfigMap.class)
                .set(ConfigMap::metadata, metadata)
                .set(ConfigMap::data, Map.of(BootstrapSigner.CONTENT, content))
                .done();
    }

    private void rights() {
        for (var document : Yaml.readAll(text())) {
            if (document instanceof Json.Obj object) {
                create(object);
            }
        }
    }

    private void create(Json.Obj object) {
        var kind = Kinds.byKind(object.text("apiVersion"), object.text("kind"));
        if (kind == null) {
            throw new IllegalStateException("unknown kind: " + object.text("kind"));
        }
        var path = kind.kind().path(object.object("metadata").text("namespace"));
        try {
            client.json(
                    Request.of("POST", path)
                            .withBody("application/json", Payload.of(JsonWriter.write(object))));
        } catch (ApiError error) {
            if (!error.alreadyExists()) {
                throw error;
            }
        }
    }

    private static String text() {
        try (var in = JoinSetup.class.getResourceAsStream("rights.yaml")) {
            if (in == null) {
                throw new IllegalStateException("rights.yaml is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
