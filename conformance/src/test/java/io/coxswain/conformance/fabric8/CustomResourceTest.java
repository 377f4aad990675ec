package io.coxswain.conformance.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.coxswain.conformance.Server;
import io.coxswain.conformance.ServerExtension;
import io.coxswain.conformance.Waiting;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// A custom kind, with a type and without one.
@Tag("long")
@ExtendWith(ServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CustomResourceTest {

    private static final String NAME = "widgets.conformance.example.com";

    private final KubernetesClient client;
    private final MixedOperation<Widget, KubernetesResourceList<Widget>, Resource<Widget>> widgets;

    CustomResourceTest(Server server) {
        client = Connections.inNamespace(server, "fabric8-custom");
        client.load(new ByteArrayInputStream(DEFINITION.getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
        definition()
                .waitUntilCondition(
                        it ->
                                it.getStatus() != null
                                        && it.getStatus().getConditions().stream()
                                                .anyMatch(condition ->
                                                        condition.getType().equals("Established")
                                                                && condition
                                                                        .getStatus()
                                                                        .equals("True")),
                        30,
                        TimeUnit.SECONDS);
        widgets = client.resources(Widget.class);
    }

    @AfterAll
    void close() {
        definition().delete();
        client.close();
    }

    @Test
    void aTypedObjectLives() {
        var created = client.resource(widget("typed", 3)).create();
        assertThat(created.getSpec().colour).isEqualTo("blue");

        created.setStatus(new Widget.Status());
        created.getStatus().ready = 2;
        created.getStatus().selector = "app=typed";
        var updated = client.resource(created).updateStatus();
        assertThat(updated.getStatus().ready).isEqualTo(2);
        assertThat(updated.getMetadata().getGeneration()).isEqualTo(1);

        widgets.withName("typed")
                .edit(it -> {
                    it.getSpec().size = 4;
                    it.getStatus().ready = 9;
                    return it;
                });
        var now = widgets.withName("typed").get();
        assertThat(now.getSpec().size).isEqualTo(4);
        assertThat(now.getStatus().ready).isEqualTo(2);
        assertThat(now.getMetadata().getGeneration()).isEqualTo(2);
        assertThat(widgets.list().getItems()).extracting("metadata.name").contains("typed");
        assertThat(widgets.withName("typed").delete()).hasSize(1);
    }

    @Test
    void theSchemaIsKept() {
        assertThatThrownBy(() -> client.resource(widget("wrong", 0)).create())
                .asInstanceOf(type(KubernetesClientException.class))
                .satisfies(error -> {
                    assertThat(error.getCode()).isEqualTo(422);
                    assertThat(error.getStatus().getMessage())
                            .contains(
                                    "spec.size: Invalid value: 0: spec.size in body should"
                                            + " be greater than or equal to 1");
                });
        client.resource(widget("ruled", 5)).create();
        assertThatThrownBy(() ->
                        widgets.withName("ruled")
                                .edit(it -> {
                                    it.getSpec().size = 4;
                                    return it;
                                }))
                .hasMessageContaining("a widget does not shrink");
    }

    @Test
    void anUntypedObjectIsTheSame() {
        var context = client.genericKubernetesResources("conformance.example.com/v1", "Widget");
        var created =
                client.resource(
                                new GenericKubernetesResourceBuilder()
                                        .withApiVersion("conformance.example.com/v1")
                                        .withKind("Widget")
                                        .withNewMetadata()
                                        .withName("generic")
                                        .endMetadata()
                                        .addToAdditionalProperties(
                                                "spec", Map.of("size", 7, "unknown", true))
                                        .build())
                        .create();

        assertThat(created.getAdditionalProperties().get("spec"))
                .isEqualTo(Map.of("size", 7, "colour", "blue"));
        assertThat(context.list().getItems()).extracting("metadata.name").contains("generic");
    }

    @Test
    void aTypedInformerFollows() {
        try (var informer = widgets.withLabel("test", "informed").inform()) {
            var widget = widget("informed", 1);
            widget.getMetadata().setLabels(Map.of("test", "informed"));
            client.resource(widget).create();
            Waiting.until("the widget is there", () -> informer.getStore().list().size() == 1);
            widgets.withName("informed").delete();
            Waiting.until("the widget is gone", () -> informer.getStore().list().isEmpty());
        }
    }

    @Test
    void aNewFieldIsServedAtOnce() {
        var wide =
                client.resource(
                                new CustomResourceDefinitionBuilder(definition().get())
                                        .editSpec()
                                        .editFirstVersion()
                                        .addNewAdditionalPrinterColumn()
                                        .withName("Colour")
                                        .withType("string")
                                        .withJsonPath(".spec.colour")
                                        .endAdditionalPrinterColumn()
                                        .endVersion()
                                        .endSpec()
                                        .build())
                        .update();

        assertThat(wide.getSpec().getVersions().getFirst().getAdditionalPrinterColumns())
                .hasSize(2);
        assertThat(client.getApiResources("conformance.example.com/v1").getResources())
                .extracting("name")
                .containsExactlyInAnyOrder("widgets", "widgets/status", "widgets/scale");
    }

    private Resource<CustomResourceDefinition> definition() {
        return client.apiextensions().v1().customResourceDefinitions().withName(NAME);
    }

    private static Widget widget(String name, int size) {
        var widget = new Widget();
        widget.getMetadata().setName(name);
        widget.setSpec(new Widget.Spec());
        widget.getSpec().size = size;
        return widget;
    }

    private static final String DEFINITION =
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: widgets.conformance.example.com}
            spec:
              group: conformance.example.com
              scope: Namespaced
              names: {plural: widgets, singular: widget, kind: Widget, shortNames: [wd]}
              versions:
              - name: v1
                served: true
                storage: true
                subresources:
                  status: {}
                  scale:
                    specReplicasPath: .spec.size
                    statusReplicasPath: .status.ready
                    labelSelectorPath: .status.selector
                additionalPrinterColumns:
                - {name: Size, type: integer, jsonPath: .spec.size}
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec:
                        type: object
                        properties:
                          size:
                            type: integer
                            minimum: 1
                            x-kubernetes-validations:
                            - {rule: "self >= oldSelf", message: a widget does not shrink}
                          colour: {type: string, default: blue}
                      status:
                        type: object
                        properties:
                          ready: {type: integer}
                          selector: {type: string}
            """;
}
