package io.coxswain.controllers.replicaset;

import static io.coxswain.client.fixture.Nouns.NOW;
import static io.coxswain.client.fixture.Nouns.pod;
import static io.coxswain.client.fixture.Nouns.replicaSet;
import static io.coxswain.client.fixture.Nouns.view;
import static io.coxswain.controllers.PlanAssert.assertThat;

import io.coxswain.api.apps.ReplicaSet;
import io.coxswain.api.apps.ReplicaSet.ReplicaSetSpec;
import io.coxswain.api.core.Pod;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.controller.Step;
import io.coxswain.client.fixture.PodNoun;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class ReplicaSetControllerTest {

    private final ReplicaSetController controller = new ReplicaSetController();

    @Test
    void createsThePodsThatAreMissing() {
        var set = replicaSet("web").replicas(3).build();

        var plan = controller.reconcile(set, view(mine("a", set).ready()));

        assertThat(plan)
                .created(Pod.class)
                .hasSize(2)
                .allSatisfy(pod -> {
                    Assertions.assertThat(pod.metadata().generateName()).isEqualTo("web-");
                    Assertions.assertThat(pod.metadata().labels()).containsEntry("app", "web");
                    Assertions.assertThat(pod.metadata().ownerReferences().getFirst().uid())
                            .isEqualTo(set.uid());
                });
    }

    @Test
    void doesNothingWhenAllPodsAreThere() {
        var set = replicaSet("web").replicas(1).build();

        assertThat(controller.reconcile(set, view(mine("a", set).ready()))).changesNothing();
    }

    @Test
    void replacesAPodThatEnded() {
        var set = replicaSet("web").replicas(1).build();

        assertThat(controller.reconcile(set, view(mine("a", set).phase("Failed")))).creates(1);
    }

    @Test
    void removesTheUnreadyPodBeforeTheReadyOne() {
        var set = replicaSet("web").replicas(1).build();
        var view = view(mine("steady", set).on("n").ready(), mine("broken", set).on("n").running());

        assertThat(controller.reconcile(set, view)).deletesOnly("broken");
    }

    @Test
    void removesTheCheaperPodThenTheOneWithCompanyOnItsNode() {
        var set = replicaSet("web").replicas(1).build();
        var view =
                view(
                        mine("a", set).on("busy").ready(),
                        mine("b", set).on("busy").ready(),
                        mine("c", set).on("calm").ready(),
                        mine("cheap", set)
                                .on("calm2")
                                .ready()
                                .annotated("controller.kubernetes.io/pod-deletion-cost", "-5"));

        assertThat(controller.reconcile(set, view)).deletesOnly("cheap", "a", "b");
    }

    @Test
    void adoptsAnOrphanInsteadOfCreatingAPod() {
        var set = replicaSet("web").replicas(1).build();

        var plan = controller.reconcile(set, view(pod("a").labelled("app", "web").ready()));

        assertThat(plan).creates(0);
        Assertions.assertThat(plan.steps().filter(Step.PatchObject.class::isInstance)).hasSize(1);
    }

    @Test
    void releasesAPodWhoseLabelsNoLongerMatch() {
        var set = replicaSet("web").replicas(1).build();
        var plan =
                controller.reconcile(
                        set, view(pod("a").ownedBy(set).labelled("app", "other").ready()));

        assertThat(plan).creates(1);
        Assertions.assertThat(plan.steps().findFirst())
                .hasValueSatisfying(
                        step -> Assertions.assertThat(step.toString()).contains("$patch"));
    }

    @Test
    void leavesTheDeadToTheGarbageCollector() {
        var set = replicaSet("web").replicas(3).deleting(NOW).build();

        assertThat(controller.reconcile(set, view())).changesNothing();
    }

    @Test
    void countsAPodAsAvailableOnlyAfterItsTime() {
        var set =
                replicaSet("web")
                        .spec(spec -> Edit.with(spec, ReplicaSetSpec::minReadySeconds, 30))
                        .build();

        var plan = controller.reconcile(set, view(mine("a", set).readySince(NOW.minusSeconds(10))));

        assertThat(plan).looksAgainIn(Duration.ofSeconds(20));
        assertThat(plan)
                .statuses(ReplicaSet.class)
                .singleElement()
                .satisfies(updated -> {
                    Assertions.assertThat(updated.status().readyReplicas()).isEqualTo(1);
                    Assertions.assertThat(updated.status().availableReplicas()).isZero();
                });
    }

    private static PodNoun mine(String name, ReplicaSet set) {
        return pod(name).labelled("app", "web").ownedBy(set);
    }
}
