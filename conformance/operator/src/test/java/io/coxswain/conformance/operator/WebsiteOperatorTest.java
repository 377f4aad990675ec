package io.coxswain.conformance.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.conformance.Server;
import io.coxswain.conformance.Waiting;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.junit.LocallyRunOperatorExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The operator against the cluster: what it makes, keeps, reports and cleans up.
@Tag("long")
class WebsiteOperatorTest {

    private static final Server SERVER = Server.start(2);

    @RegisterExtension
    private final LocallyRunOperatorExtension operator =
            LocallyRunOperatorExtension.builder()
                    .withKubernetesClient(Connection.to(SERVER))
                    .withReconciler(new WebsiteReconciler())
                    .build();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void makesWhatAWebsiteNeedsAndReports() {
        var made = operator.create(website("site", "hello", 2));
        Waiting.until("two are ready", () -> ready("site") == 2);

        assertThat(operator.get(Website.class, "site").getMetadata().getFinalizers())
                .containsExactly("conformance.example.com/cleanup");
        var map = operator.get(ConfigMap.class, "site");
        assertThat(map.getData()).containsEntry("index.html", "hello");
        assertThat(map.getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(it -> assertThat(it.getUid()).isEqualTo(made.getMetadata().getUid()));
    }

    @Test
    void followsAChange() {
        operator.create(website("changing", "one", 1));
        Waiting.until("one is ready", () -> ready("changing") == 1);

        var website = operator.get(Website.class, "changing");
        website.getSpec().page = "two";
        website.getSpec().replicas = 3;
        website.getMetadata().setResourceVersion(null);
        operator.replace(website);

        Waiting.until("three are ready", () -> ready("changing") == 3);
        assertThat(operator.get(ConfigMap.class, "changing").getData())
                .containsEntry("index.html", "two");
        assertThat(operator.get(Website.class, "changing").getStatus().observedGeneration)
                .isEqualTo(2);
    }

    @Test
    void putsRightWhatSomebodyElseChanges() {
        operator.create(website("kept", "mine", 1));
        Waiting.until("one is ready", () -> ready("kept") == 1);

        var map = operator.get(ConfigMap.class, "kept");
        operator.replace(new ConfigMapBuilder(map).addToData("index.html", "theirs").build());
        Waiting.until(
                "the page is back",
                () ->
                        "mine"
                                .equals(
                                        operator.get(ConfigMap.class, "kept")
                                                .getData()
                                                .get("index.html")));
        operator.delete(operator.get(Deployment.class, "kept"));
        Waiting.until("the servers are back", () -> operator.get(Deployment.class, "kept") != null);
    }

    @Test
    void cleansUpBeforeAWebsiteGoes() {
        operator.create(website("leaving", "bye", 1));
        Waiting.until("one is ready", () -> ready("leaving") == 1);

        operator.delete(operator.get(Website.class, "leaving"));

        Waiting.until("it is gone", () -> operator.get(Website.class, "leaving") == null);
        assertThat(operator.getReconcilerOfType(WebsiteReconciler.class).cleaned())
                .containsExactly("leaving");
        Waiting.until(
                "its parts are collected",
                () ->
                        operator.get(ConfigMap.class, "leaving") == null
                                && operator.get(Deployment.class, "leaving") == null);
    }

    private int ready(String name) {
        var website = operator.get(Website.class, name);
        return website == null || website.getStatus() == null || website.getStatus().ready == null
                ? 0
                : website.getStatus().ready;
    }

    private static Website website(String name, String page, int replicas) {
        var website = new Website();
        website.getMetadata().setName(name);
        website.setSpec(new Website.Spec());
        website.getSpec().page = page;
        website.getSpec().replicas = replicas;
        return website;
    }
}
