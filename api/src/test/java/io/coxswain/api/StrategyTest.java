package io.coxswain.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.apps.Deployment;
import io.coxswain.api.apps.Deployment.DeploymentSpec;
import io.coxswain.api.apps.Deployment.DeploymentStatus;
import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.RecordType;
import io.coxswain.api.schema.Strategy;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StrategyTest {

    private static final Strategy<Deployment> DEPLOYMENTS = Deployment.STRATEGY;

    private final Deployment stored =
            DEPLOYMENTS.prepareForCreate(
                    DEPLOYMENTS.withDefaults(RecordType.of(Deployment.class).empty()));

    @Test
    void aNewObjectBeginsAtGenerationOneWithoutAStatus() {
        var sent = withReadyReplicas(RecordType.of(Deployment.class).empty(), 3);

        var created = DEPLOYMENTS.prepareForCreate(sent);

        assertThat(created.metadata().generation()).isEqualTo(1);
        assertThat(created.status().readyReplicas()).isZero();
    }

    @Test
    void aChangeOfTheSpecRaisesTheGeneration() {
        var updated = DEPLOYMENTS.prepareForUpdate(stored, withReplicas(stored, 5));

        assertThat(updated.metadata().generation()).isEqualTo(2);
    }

    @Test
    void aChangeOfLabelsOrStatusDoesNot() {
        var labelled =
                Edit.with(
                        withReadyReplicas(stored, 1),
                        Deployment::metadata,
                        Edit.with(stored.metadata(), ObjectMeta::labels, Map.of("a", "b")));

        var updated = DEPLOYMENTS.prepareForUpdate(stored, labelled);

        assertThat(updated.metadata().generation()).isEqualTo(1);
        assertThat(updated.status().readyReplicas()).isZero();
        assertThat(updated.metadata().labels()).containsEntry("a", "b");
    }

    @Test
    void aStatusUpdateKeepsTheSpec() {
        var sent = withReplicas(withReadyReplicas(stored, 1), 9);

        var updated = DEPLOYMENTS.prepareForStatusUpdate(stored, sent);

        assertThat(updated.spec()).isEqualTo(stored.spec());
        assertThat(updated.status().readyReplicas()).isEqualTo(1);
    }

    @Test
    void aKindWithoutGenerationKeepsNone() {
        var strategy = Strategy.<ConfigMap>standard().withoutGeneration();

        var created = strategy.prepareForCreate(RecordType.of(ConfigMap.class).empty());

        assertThat(created.metadata().generation()).isZero();
    }

    private static Deployment withReplicas(Deployment deployment, int replicas) {
        return Edit.with(
                deployment,
                Deployment::spec,
                Edit.with(deployment.spec(), DeploymentSpec::replicas, replicas));
    }

    private static Deployment withReadyReplicas(Deployment deployment, int ready) {
        return Edit.with(
                deployment,
                Deployment::status,
                Edit.with(deployment.status(), DeploymentStatus::readyReplicas, ready));
    }
}
