package io.coxswain.controllers.deployment;

import static io.coxswain.client.fixture.Nouns.NOW;
import static io.coxswain.client.fixture.Nouns.deployment;
import static io.coxswain.client.fixture.Nouns.pod;
import static io.coxswain.client.fixture.Nouns.replicaSet;
import static io.coxswain.client.fixture.Nouns.view;
import static io.coxswain.client.fixture.Nouns.viewAt;
import static io.coxswain.controllers.PlanAssert.assertThat;

import io.coxswain.api.apps.Deployment;
import io.coxswain.api.apps.Deployment.DeploymentCondition;
import io.coxswain.api.apps.ReplicaSet;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import io.coxswain.client.fixture.DeploymentNoun;
import io.coxswain.client.fixture.ReplicaSetNoun;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class DeploymentControllerTest {

    private final DeploymentController controller = new DeploymentController();

    @Test
    void beginsWithAReplicaSetNamedAfterItsTemplate() {
        var web = deployment("web").replicas(3).build();

        var plan = controller.reconcile(web, view());

        assertThat(plan)
                .created(ReplicaSet.class)
                .singleElement()
                .satisfies(set -> {
                    var hash = set.metadata().labels().get("pod-template-hash");
                    Assertions.assertThat(set.name()).isEqualTo("web-" + hash);
                    Assertions.assertThat(set.spec().replicas()).isEqualTo(3);
                    Assertions.assertThat(set.spec().selector().matchLabels())
                            .containsEntry("pod-template-hash", hash);
                    Assertions.assertThat(set.metadata().annotations())
                            .containsEntry("deployment.kubernetes.io/revision", "1")
                            .containsEntry("deployment.kubernetes.io/desired-replicas", "3")
                            .containsEntry("deployment.kubernetes.io/max-replicas", "4");
                });
        assertThat(plan)
                .events()
                .singleElement()
                .asString()
                .startsWith("ScalingReplicaSet: Scaled up replica set web-")
                .endsWith(" from 0 to 3");
    }

    @Test
    void rollsWithinSurgeAndUnavailability() {
        var web = deployment("web").replicas(10).rolling("3", "2").image("v2").build();
        var old = revision(deployment("web"), "web-1", 1, 10, 10);

        var create = controller.reconcile(web, view(old));
        assertThat(create)
                .created(ReplicaSet.class)
                .singleElement()
                .satisfies(set -> Assertions.assertThat(set.spec().replicas()).isEqualTo(3));

        var created = ofRevision(web, "web-2", 2, 3, 0, 10);
        assertThat(controller.reconcile(web, view(old, created)))
                .updated(ReplicaSet.class)
                .singleElement()
                .satisfies(set -> {
                    Assertions.assertThat(set.name()).isEqualTo("web-1");
                    Assertions.assertThat(set.spec().replicas()).isEqualTo(8);
                });
    }

    @Test
    void takesSickOldPodsFirst() {
        var web = deployment("web").replicas(10).rolling("0", "2").image("v2").build();
        var sick = ofRevision(deployment("web").image("v0").build(), "web-0", 1, 2, 0, 10);
        var healthy = ofRevision(deployment("web").image("v1").build(), "web-1", 2, 8, 8, 10);
        var current = ofRevision(web, "web-2", 3, 0, 0, 10);

        var plan = controller.reconcile(web, view(sick, healthy, current));

        assertThat(plan)
                .updated(ReplicaSet.class)
                .singleElement()
                .satisfies(set -> {
                    Assertions.assertThat(set.name()).isEqualTo("web-0");
                    Assertions.assertThat(set.spec().replicas()).isZero();
                });
    }

    @Test
    void goesBackToAnOldTemplateUnderANewNumber() {
        var web = deployment("web").replicas(1).build();
        var first = revision(deployment("web"), "web-1", 1, 0, 0);
        var second = ofRevision(deployment("web").image("v2").build(), "web-2", 2, 1, 1, 1);

        var plan = controller.reconcile(web, view(first, second));

        assertThat(plan)
                .updated(ReplicaSet.class)
                .first()
                .satisfies(set -> {
                    Assertions.assertThat(set.name()).isEqualTo("web-1");
                    Assertions.assertThat(set.spec().replicas()).isEqualTo(1);
                });
        var grown = ofRevision(web, "web-1", 1, 1, 0, 1);
        assertThat(controller.reconcile(web, view(grown, second)))
                .updated(ReplicaSet.class)
                .first()
                .satisfies(set ->
                        Assertions.assertThat(set.metadata().annotations())
                                .containsEntry("deployment.kubernetes.io/revision", "3")
                                .containsEntry("deployment.kubernetes.io/revision-history", "1"));
    }

    @Test
    void waitsForOldPodsBeforeItRecreates() {
        var web = deployment("web").replicas(1).recreating().image("v2").build();
        var old = ofRevision(deployment("web").build(), "web-1", 1, 1, 1, 1);
        assertThat(controller.reconcile(web, view(old))).updated(ReplicaSet.class).hasSize(1);

        var shrunk = ofRevision(deployment("web").build(), "web-1", 1, 0, 0, 1);
        var leaving = pod("p").ownedBy(shrunk).ready().deleting(NOW);
        assertThat(controller.reconcile(web, view(shrunk, leaving))).creates(0);
        assertThat(controller.reconcile(web, view(shrunk))).creates(1);
    }

    @Test
    void sharesOutAChangeOfScaleInTheMiddleOfARollout() {
        var web = deployment("web").replicas(20).rolling("3", "2").image("v2").build();
        var old = ofRevision(deployment("web").rolling("3", "2").build(), "web-1", 1, 8, 8, 10);
        var current = ofRevision(web, "web-2", 2, 5, 5, 10);

        var plan = controller.reconcile(web, view(old, current));

        assertThat(plan)
                .updated(ReplicaSet.class)
                .extracting(set -> set.name() + "=" + set.spec().replicas())
                .containsExactlyInAnyOrder("web-1=14", "web-2=9");
    }

    @Test
    void aPausedDeploymentScalesButDoesNotRoll() {
        var paused = deployment("web").replicas(1).image("v2").paused();
        var web = withProgress(paused, "DeploymentPaused");
        var old = ofRevision(deployment("web").build(), "web-1", 1, 1, 1, 1);

        assertThat(controller.reconcile(web, view(old))).changesNothing();
    }

    @Test
    void saysWhenItIsDoneAndForgetsOldRevisions() {
        var web =
                deployment("web")
                        .replicas(1)
                        .spec(spec ->
                                Edit.with(spec, Deployment.DeploymentSpec::revisionHistoryLimit, 1))
                        .annotated("deployment.kubernetes.io/revision", "3")
                        .build();
        var plan =
                controller.reconcile(
                        web,
                        view(
                                ofRevision(
                                        deployment("web").image("v0").build(), "web-0", 1, 0, 0, 1),
                                ofRevision(
                                        deployment("web").image("v1").build(), "web-1", 2, 0, 0, 1),
                                ofRevision(web, "web-2", 3, 1, 1, 1)));

        assertThat(plan).deletesOnly("web-0");
        Assertions.assertThat(condition(plan, "Progressing").reason())
                .isEqualTo("NewReplicaSetAvailable");
        Assertions.assertThat(condition(plan, "Available").status()).isEqualTo("True");
    }

    @Test
    void givesUpHopeAfterTheDeadline() {
        var web = withProgress(deployment("web").replicas(1), "ReplicaSetUpdated");
        var stuck = ofRevision(web, "web-1", 1, 1, 0, 1);
        View late = viewAt(NOW.plusSeconds(601), stuck);

        var plan = controller.reconcile(web, late);

        Assertions.assertThat(condition(plan, "Progressing"))
                .satisfies(it -> {
                    Assertions.assertThat(it.reason()).isEqualTo("ProgressDeadlineExceeded");
                    Assertions.assertThat(it.message())
                            .isEqualTo("ReplicaSet \"web-1\" has timed out progressing.");
                });
    }

    @Test
    void countsACollisionWhenItsNameIsTaken() {
        var web = deployment("web").build();
        var taken = Revisions.create(web, 1);
        var stranger = replicaSet(taken.name()).build();

        var plan = controller.reconcile(web, view(stranger));

        assertThat(plan)
                .creates(0)
                .statuses(Deployment.class)
                .singleElement()
                .satisfies(it -> Assertions.assertThat(it.status().collisionCount()).isEqualTo(1));
    }

    private static Deployment withProgress(DeploymentNoun noun, String reason) {
        var condition = new DeploymentCondition("Progressing", "Unknown", NOW, NOW, reason, "");
        return noun.with(web ->
                        Edit.with(
                                web,
                                Deployment::status,
                                Edit.of(web.status())
                                        .set(
                                                Deployment.DeploymentStatus::conditions,
                                                List.of(condition))
                                        .set(Deployment.DeploymentStatus::replicas, 1)
                                        .set(Deployment.DeploymentStatus::updatedReplicas, 1)
                                        .done()))
                .build();
    }

    private static DeploymentCondition condition(Plan plan, String type) {
        return plan.steps()
                .filter(Step.UpdateStatus.class::isInstance)
                .map(Step.UpdateStatus.class::cast)
                .map(step -> (Deployment) step.object())
                .flatMap(it -> it.status().conditions().stream())
                .filter(it -> it.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static ReplicaSet revision(
            DeploymentNoun of, String name, int revision, int replicas, int available) {
        return ofRevision(of.build(), name, revision, replicas, available, replicas);
    }

    /// A ReplicaSet of that Deployment's template; a later revision is younger.
    private static ReplicaSet ofRevision(
            Deployment of, String name, int revision, int replicas, int available, int desired) {
        var surge = new Rollout(of, new ReplicaSets(null, List.of())).max() - Rollout.replicas(of);
        return new SetOf(replicaSet(name))
                .of(of, revision)
                .replicas(replicas)
                .counts(replicas, available)
                .annotated("deployment.kubernetes.io/desired-replicas", "" + desired)
                .annotated("deployment.kubernetes.io/max-replicas", "" + (desired + surge))
                .build();
    }

    private record SetOf(ReplicaSetNoun noun) {
        ReplicaSetNoun of(Deployment of, int revision) {
            return noun.template(of.spec().template())
                    .labelled("app", "web")
                    .annotated("deployment.kubernetes.io/revision", "" + revision)
                    .created(NOW.minusSeconds(1000L - revision))
                    .ownedBy(of);
        }
    }
}
