package io.coxswain.conformance.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coxswain.conformance.Server;
import io.coxswain.conformance.ServerExtension;
import io.coxswain.conformance.Waiting;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// The definition that fabric8's generator makes of a class is taken, and does what the class says.
@Tag("long")
@ExtendWith(ServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratedDefinitionTest {

    private static final String NAME = "shops.conformance.example.com";

    private final KubernetesClient client;
    private final MixedOperation<Shop, KubernetesResourceList<Shop>, Resource<Shop>> shops;

    GeneratedDefinitionTest(Server server) throws IOException {
        client = Connection.to(server);
        shops = client.resources(Shop.class);
        try (var definition = Files.newInputStream(generated(server.directory()))) {
            client.load(definition).create();
        }
        Waiting.until("the kind is served", this::established);
    }

    @AfterAll
    void close() {
        definition().delete();
        client.close();
    }

    @Test
    void aGoodObjectIsTakenAndFilled() {
        var made = client.resource(shop("good", spec -> {})).create();

        assertThat(made.getSpec().closes).isEqualTo(18);
        assertThat(made.getSpec().kind).isEqualTo(Shop.Kind.BOOKS);
        assertThat(made.getSpec().stock).containsEntry("paper", new Quantity("1500m"));
        assertThat(shops.inNamespace("default").withField("spec.town", "ghent").list().getItems())
                .extracting(it -> it.getMetadata().getName())
                .contains("good");
        assertThat(shops.inNamespace("default").withField("spec.town", "bruges").list().getItems())
                .isEmpty();
    }

    @Test
    void whatTheAnnotationsForbidIsRefused() {
        refused(spec -> spec.town = "GHENT", "spec.town: Invalid value: \"GHENT\"");
        refused(spec -> spec.town = null, "spec.town: Required value");
        refused(
                spec -> spec.closes = 25,
                "spec.closes: Invalid value: 25: spec.closes in body should be less than or"
                        + " equal to 24");
        refused(spec -> spec.opens = 20, "spec.opens: Invalid value");
        refused(spec -> spec.opens = 20, "a shop opens before it closes");
        refused(
                spec -> spec.articles.getFirst().cents = 0,
                "spec.articles[0].cents: Invalid value: 0");
    }

    @Test
    void itIsScaledThroughItsPaths() {
        client.resource(shop("scaled", spec -> spec.tills = 2)).create();
        var scaled = shops.inNamespace("default").withName("scaled").scale(5);

        assertThat(scaled.getSpec().tills).isEqualTo(5);
        assertThat(scaled.getMetadata().getGeneration()).isEqualTo(2);
    }

    private void refused(Consumer<Shop.Spec> change, String message) {
        var wrong = client.resource(shop("wrong", change));
        var error = catchThrowableOfType(KubernetesClientException.class, wrong::create);

        assertThat(error).as(message).isNotNull();
        assertThat(error.getCode()).isEqualTo(422);
        assertThat(error.getStatus().getMessage()).contains(message);
    }

    private static Path generated(Path folder) {
        var made =
                new CRDGenerator()
                        .customResourceClasses(Shop.class)
                        .inOutputDir(folder.toFile())
                        .detailedGenerate();
        var info = Objects.requireNonNull(made.getCRDInfos(NAME).get("v1"));
        return Path.of(info.getFilePath());
    }

    private boolean established() {
        var status = definition().get().getStatus();
        return status != null
                && status.getConditions().stream()
                        .anyMatch(it ->
                                it.getType().equals("Established")
                                        && it.getStatus().equals("True"));
    }

    private Resource<CustomResourceDefinition> definition() {
        return client.apiextensions().v1().customResourceDefinitions().withName(NAME);
    }

    private static Shop shop(String name, Consumer<Shop.Spec> change) {
        var shop = new Shop();
        shop.getMetadata().setName(name);
        shop.getMetadata().setNamespace("default");
        var spec = new Shop.Spec();
        spec.town = "ghent";
        spec.opens = 9;
        spec.kind = Shop.Kind.BOOKS;
        var article = new Shop.Article();
        article.name = "atlas";
        article.cents = 1999;
        spec.articles = List.of(article);
        spec.stock = Map.of("paper", new Quantity("1500m"));
        change.accept(spec);
        shop.setSpec(spec);
        return shop;
    }
}
