package io.coxswain.controllers.statefulset;

import static io.coxswain.client.fixture.Nouns.any;
import static io.coxswain.client.fixture.Nouns.image;
import static io.coxswain.client.fixture.Nouns.pod;
import static io.coxswain.client.fixture.Nouns.selector;
import static io.coxswain.client.fixture.Nouns.template;
import static io.coxswain.client.fixture.Nouns.view;
import static io.coxswain.controllers.PlanAssert.assertThat;

import io.coxswain.api.apps.ControllerRevision;
import io.coxswain.api.apps.StatefulSet;
import io.coxswain.api.apps.StatefulSet.StatefulSetSpec;
import io.coxswain.api.apps.StatefulSet.StatefulSetStatus;
import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.api.core.Pod;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.fixture.PodNoun;
import io.coxswain.controllers.history.History;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class StatefulSetControllerTest {

    private final StatefulSetController controller = new StatefulSetController();

    @Test
    void startsOnePodAfterTheOther() {
        var set = set(3);
        var revision = revision(set);

        assertThat(controller.reconcile(set, view(revision)))
                .created(Pod.class)
                .extracting(Pod::name)
                .containsExactly("db-0");
        assertThat(controller.reconcile(set, view(revision, mine(set, 0).running())))
                .created(Pod.class)
                .isEmpty();
        assertThat(controller.reconcile(set, view(revision, mine(set, 0).ready())))
                .created(Pod.class)
                .extracting(Pod::name)
                .containsExactly("db-1");
    }

    @Test
    void startsAllAtOnceInParallel() {
        var set = set(3, spec -> Edit.with(spec, StatefulSetSpec::podManagementPolicy, "Parallel"));

        assertThat(controller.reconcile(set, view(revision(set)))).created(Pod.class).hasSize(3);
    }

    @Test
    void givesEachPodItsClaim() {
        var claim = any(PersistentVolumeClaim.class, "data").build();
        var set =
                set(
                        1,
                        spec ->
                                Edit.with(
                                        spec,
                                        StatefulSetSpec::volumeClaimTemplates,
                                        List.of(claim)));

        var plan = controller.reconcile(set, view(revision(set)));

        assertThat(plan)
                .created(PersistentVolumeClaim.class)
                .extracting(PersistentVolumeClaim::name)
                .containsExactly("data-db-0");
        assertThat(plan)
                .created(Pod.class)
                .singleElement()
                .satisfies(pod ->
                        Assertions.assertThat(pod.spec().volumes())
                                .singleElement()
                                .satisfies(volume ->
                                        Assertions.assertThat(
                                                        String.valueOf(
                                                                volume.persistentVolumeClaim()))
                                                .contains("data-db-0")));
    }

    @Test
    void theHighestGoesFirst() {
        var set = set(1);

        assertThat(
                        controller.reconcile(
                                set,
                                view(
                                        revision(set),
                                        mine(set, 0).ready(),
                                        mine(set, 1).ready(),
                                        mine(set, 2).ready())))
                .deletesOnly("db-2");
    }

    @Test
    void updatesFromTheHighestDownToThePartition() {
        var old = set(3);
        var oldRevision = revision(old);
        var set =
                Edit.with(
                        set(
                                3,
                                spec ->
                                        Edit.with(
                                                spec,
                                                StatefulSetSpec::template,
                                                image(spec.template(), "v2"))),
                        StatefulSet::status,
                        Edit.of(StatefulSetStatus.class)
                                .set(StatefulSetStatus::currentRevision, oldRevision.name())
                                .set(StatefulSetStatus::currentReplicas, 3)
                                .done());

        var plan =
                controller.reconcile(
                        set,
                        view(
                                oldRevision,
                                mine(old, 0).ready(),
                                mine(old, 1).ready(),
                                mine(old, 2).ready()));

        assertThat(plan).deletesOnly("db-2").created(ControllerRevision.class).hasSize(1);
    }

    @Test
    void waitsForAnUpdatedPodBeforeTheNext() {
        var old = set(2);
        var oldRevision = revision(old);
        var set =
                set(
                        2,
                        spec ->
                                Edit.with(
                                        spec,
                                        StatefulSetSpec::template,
                                        image(spec.template(), "v2")));
        var revision = Edit.with(revision(set), ControllerRevision::revision, 2L);

        assertThat(
                        controller.reconcile(
                                set,
                                view(
                                        oldRevision,
                                        revision,
                                        mine(old, 0).ready(),
                                        mine(set, 1).running())))
                .deletesOnly();
        assertThat(
                        controller.reconcile(
                                set,
                                view(
                                        oldRevision,
                                        revision,
                                        mine(old, 0).ready(),
                                        mine(set, 1).ready())))
                .deletesOnly("db-0");
    }

    private static StatefulSet set(int replicas) {
        return set(replicas, spec -> spec);
    }

    private static StatefulSet set(int replicas, UnaryOperator<StatefulSetSpec> change) {
        return any(StatefulSet.class, "db")
                .set(
                        StatefulSet::spec,
                        change.apply(
                                Edit.of(StatefulSetSpec.class)
                                        .set(StatefulSetSpec::replicas, replicas)
                                        .set(StatefulSetSpec::serviceName, "db")
                                        .set(StatefulSetSpec::podManagementPolicy, "OrderedReady")
                                        .set(StatefulSetSpec::selector, selector("app", "db"))
                                        .set(StatefulSetSpec::template, template("app", "db"))
                                        .done()))
                .build();
    }

    /// The stored revision of the set's template.
    private static ControllerRevision revision(StatefulSet set) {
        var created = History.of(set, set.spec().template(), null, view()).current();
        return any(ControllerRevision.class, created.name())
                .with(it ->
                        new ControllerRevision(
                                Edit.of(it.metadata())
                                        .set(ObjectMeta::labels, created.metadata().labels())
                                        .set(
                                                ObjectMeta::ownerReferences,
                                                created.metadata().ownerReferences())
                                        .done(),
                                created.data(),
                                created.revision()))
                .build();
    }

    private static PodNoun mine(StatefulSet set, int ordinal) {
        return pod("db-" + ordinal)
                .labelled("app", "db")
                .labelled(History.HASH, revision(set).name())
                .ownedBy(set);
    }
}
