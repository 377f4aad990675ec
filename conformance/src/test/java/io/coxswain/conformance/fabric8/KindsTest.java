package io.coxswain.conformance.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.conformance.Server;
import io.coxswain.conformance.ServerExtension;
import io.coxswain.conformance.Waiting;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NamespaceableResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Every kind is created, read, listed, changed in each way, and deleted.
@Tag("long")
@ExtendWith(ServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KindsTest {

    private static final String NAMESPACE = "fabric8-kinds";

    private final KubernetesClient client;

    KindsTest(Server server) {
        client = Connections.inNamespace(server, NAMESPACE);
    }

    @AfterAll
    void close() {
        client.close();
    }

    @TestFactory
    Stream<DynamicTest> everyKind() {
        var yaml = Objects.requireNonNull(KindsTest.class.getResourceAsStream("/kinds.yaml"));
        return client.load(yaml).items().stream()
                .map(item -> DynamicTest.dynamicTest(item.getKind(), () -> live(prepared(item))));
    }

    /// Names of cluster-wide objects must not meet those of other suites.
    private static HasMetadata prepared(HasMetadata item) {
        if (item.getKind().equals("Event")) {
            item.getMetadata().setNamespace(null);
            ((io.fabric8.kubernetes.api.model.events.v1.Event) item)
                    .getRegarding()
                    .setNamespace(NAMESPACE);
        }
        return item;
    }

    private void live(HasMetadata item) {
        var created = at(item).create();
        assertThat(created.getMetadata().getUid()).isNotEmpty();
        assertThat(created.getMetadata().getResourceVersion()).isNotEmpty();
        assertThat(created.getKind()).isEqualTo(item.getKind());

        var resource = at(item);
        assertThat(resource.get().getMetadata().getUid()).isEqualTo(created.getMetadata().getUid());
        assertThat(listed(item)).contains(created.getMetadata().getName());

        resource.edit(it -> labelled(it, "edited", "yes"));
        resource.patch(
                PatchContext.of(PatchType.JSON_MERGE),
                "{\"metadata\":{\"labels\":{\"merged\":\"yes\"}}}");
        resource.patch(
                PatchContext.of(PatchType.JSON),
                "[{\"op\":\"add\",\"path\":\"/metadata/labels/patched\",\"value\":\"yes\"}]");
        if (!custom(item)) {
            resource.patch(
                    PatchContext.of(PatchType.STRATEGIC_MERGE),
                    "{\"metadata\":{\"labels\":{\"strategic\":\"yes\"}}}");
        }
        var applied =
                resource.patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager("kinds")
                                .withForce(true)
                                .build(),
                        applied(item));
        assertThat(applied.getMetadata().getLabels())
                .containsEntry("suite", "kinds")
                .containsEntry("edited", "yes")
                .containsEntry("merged", "yes")
                .containsEntry("patched", "yes")
                .containsEntry("applied", "yes");
        assertThat(applied.getMetadata().getManagedFields())
                .extracting("manager")
                .contains("kinds");

        resource.withGracePeriod(0).delete();
        Waiting.until(item.getKind() + " is gone", () -> gone(resource, created));
    }

    private static boolean gone(Resource<HasMetadata> resource, HasMetadata created) {
        var now = resource.get();
        return now == null || !now.getMetadata().getUid().equals(created.getMetadata().getUid());
    }

    private NamespaceableResource<HasMetadata> at(HasMetadata item) {
        return client.resource(item);
    }

    private static boolean custom(HasMetadata item) {
        return item instanceof GenericKubernetesResource;
    }

    private static HasMetadata labelled(HasMetadata item, String key, String value) {
        var labels = new LinkedHashMap<>(item.getMetadata().getLabels());
        labels.put(key, value);
        item.getMetadata().setLabels(labels);
        return item;
    }

    private static String applied(HasMetadata item) {
        return """
        {"apiVersion": "%s", "kind": "%s",
         "metadata": {"name": "%s", "labels": {"applied": "yes"}}}\
        """
                .formatted(item.getApiVersion(), item.getKind(), item.getMetadata().getName());
    }

    private Stream<String> listed(HasMetadata item) {
        return client
                .genericKubernetesResources(item.getApiVersion(), item.getKind())
                .withLabels(Map.of("suite", "kinds"))
                .list()
                .getItems()
                .stream()
                .map(it -> it.getMetadata().getName());
    }
}
