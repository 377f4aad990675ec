package io.coxswain.api.proto;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.Kinds;
import io.coxswain.api.apps.Deployment;
import io.coxswain.api.authentication.TokenRequest;
import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.ResourceQuota;
import io.coxswain.api.networking.Ingress;
import io.coxswain.api.policy.PodDisruptionBudget;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.api.schema.Quantity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Bodies recorded from kubectl, which is written in Go.
class KubectlTest {

    private static Map<String, Envelope> bodies() {
        try (var in = KubectlTest.class.getResourceAsStream("/kubectl-bodies.txt")) {
            var bodies = new LinkedHashMap<String, Envelope>();
            new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .forEach(words ->
                            bodies.put(words[0], Envelope.open(HexFormat.of().parseHex(words[1]))));
            return bodies;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<? extends Record> type(Envelope envelope) {
        var kind = Kinds.byKind(envelope.type().apiVersion(), envelope.type().kind());
        return kind == null ? TokenRequest.class : kind.type().asSubclass(Record.class);
    }

    @Test
    void whatKubectlSendsIsWrittenAsKubectlDoes() {
        bodies().forEach((name, envelope) -> {
            var object = envelope.read(type(envelope));
            var hex = HexFormat.of();

            assertThat(hex.formatHex(Envelope.of(object, envelope.type())))
                    .as(name)
                    .isEqualTo(hex.formatHex(envelope.bytes()));
        });
    }

    private static <T> T read(String name, Class<T> type) {
        return Objects.requireNonNull(bodies().get(name)).read(type);
    }

    @Test
    void whatKubectlSendsIsUnderstood() {
        var deployment = read("deployment", Deployment.class);
        assertThat(deployment.spec().replicas()).isEqualTo(3);
        var container = deployment.spec().template().spec().containers().getFirst();
        assertThat(container.ports().getFirst().containerPort()).isEqualTo(80);
        assertThat(read("configmap", ConfigMap.class).data()).containsEntry("emoji", "é😀");
        assertThat(read("configmap-bin", ConfigMap.class).binaryData().get("b")).hasSize(256);
        assertThat(read("quota2", ResourceQuota.class).spec().hard())
                .containsEntry("cpu", Quantity.parse("1500m"));
        assertThat(read("poddisruptionbudget", PodDisruptionBudget.class).spec().minAvailable())
                .isEqualTo(IntOrString.of("50%"));
        var rule = read("ingress", Ingress.class).spec().rules().getFirst();
        assertThat(Objects.requireNonNull(rule.http()).paths().getFirst().path()).isEqualTo("/bar");
        assertThat(read("token", TokenRequest.class).spec().expirationSeconds()).isEqualTo(1200);
    }
}
