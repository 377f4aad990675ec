package io.coxswain.controllers.serviceaccount;

import static io.coxswain.client.fixture.Nouns.any;
import static io.coxswain.client.fixture.Nouns.pod;
import static io.coxswain.client.fixture.Nouns.viewAt;
import static io.coxswain.controllers.PlanAssert.assertThat;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.ObjectReference;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.Secret;
import io.coxswain.api.core.ServiceAccount;
import io.coxswain.api.core.Volume;
import io.coxswain.api.core.Volumes.SecretVolumeSource;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Resource;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class LegacyTokenCleanerTest {

    private static final Instant NOW = Instant.parse("2028-03-01T12:00:00Z");
    private static final Instant OLD = Instant.parse("2026-01-05T00:00:00Z");
    private static final String LAST_USED = "kubernetes.io/legacy-token-last-used";
    private static final String INVALID_SINCE = "kubernetes.io/legacy-token-invalid-since";

    private static final ConfigMap TRACKED = tracked("2026-01-01");

    private static ConfigMap tracked(String since) {
        return any(ConfigMap.class, "kube-apiserver-legacy-service-account-token-tracking")
                .in("kube-system")
                .set(ConfigMap::data, Map.of("since", since))
                .build();
    }

    private static ServiceAccount account(String... secrets) {
        var listed = new ArrayList<ObjectReference>();
        for (var name : secrets) {
            listed.add(Edit.of(ObjectReference.class).set(ObjectReference::name, name).done());
        }
        return any(ServiceAccount.class, "robot").set(ServiceAccount::secrets, listed).build();
    }

    private static Secret secret(Instant created, Map<String, String> labels) {
        var secret =
                any(Secret.class, "robot-token")
                        .created(created)
                        .annotated("kubernetes.io/service-account.name", "robot")
                        .set(Secret::type, "kubernetes.io/service-account-token");
        labels.forEach(secret::labelled);
        return secret.build();
    }

    private static Plan plan(Secret secret, Resource... others) {
        var all = new ArrayList<Resource>(List.of(others));
        all.add(secret);
        return LegacyTokenCleaner.registration()
                .controller()
                .reconcile(secret, viewAt(NOW, all.toArray()));
    }

    private static void stays(Plan plan) {
        assertThat(plan).changesNothing().looksAgainIn(Duration.ofDays(1));
    }

    @Test
    void aTokenThatNobodyUsedForAYearBecomesInvalid() {
        for (var labels : List.of(Map.<String, String>of(), Map.of(LAST_USED, "2027-02-28"))) {
            var plan = plan(secret(OLD, labels), account("robot-token"), TRACKED);

            Assertions.assertThat(plan.steps())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Step.PatchObject.class,
                            step ->
                                    Assertions.assertThat(step.patch().body().toString())
                                            .contains(INVALID_SINCE)
                                            .contains("2028-03-01"));
        }
    }

    @Test
    void aYearLaterItsSecretGoes() {
        var longAgo = secret(OLD, Map.of(INVALID_SINCE, "2027-02-28"));
        var lately = secret(OLD, Map.of(INVALID_SINCE, "2027-03-02"));

        assertThat(plan(longAgo, account("robot-token"), TRACKED)).deletesOnly("robot-token");
        stays(plan(lately, account("robot-token"), TRACKED));
    }

    @Test
    void whatIsUsedOrNewOrMountedOrAskedForStays() {
        var volume =
                Edit.of(Volume.class)
                        .set(
                                Volume::secret,
                                Edit.of(SecretVolumeSource.class)
                                        .set(SecretVolumeSource::secretName, "robot-token")
                                        .done())
                        .done();
        var pod = pod("web").spec(it -> Edit.with(it, PodSpec::volumes, List.of(volume))).build();
        stays(plan(secret(OLD, Map.of(LAST_USED, "2027-03-02")), account("robot-token"), TRACKED));
        stays(plan(secret(OLD, Map.of(LAST_USED, "lately")), account("robot-token"), TRACKED));
        stays(plan(secret(NOW, Map.of()), account("robot-token"), TRACKED));
        stays(plan(secret(OLD, Map.of()), account(), TRACKED));
        stays(plan(secret(OLD, Map.of()), account("robot-token"), TRACKED, pod));
    }

    @Test
    void beforeUseWasWrittenDownForAYearNothingIsKnown() {
        stays(plan(secret(OLD, Map.of()), account("robot-token"), tracked("2027-03-02")));
        stays(plan(secret(OLD, Map.of()), account("robot-token")));
    }
}
