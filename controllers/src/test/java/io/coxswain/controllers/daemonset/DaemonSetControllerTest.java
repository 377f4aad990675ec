package io.coxswain.controllers.daemonset;

import static io.coxswain.client.fixture.Nouns.NOW;
import static io.coxswain.client.fixture.Nouns.any;
import static io.coxswain.client.fixture.Nouns.node;
import static io.coxswain.client.fixture.Nouns.pod;
import static io.coxswain.client.fixture.Nouns.selector;
import static io.coxswain.client.fixture.Nouns.template;
import static io.coxswain.client.fixture.Nouns.view;
import static io.coxswain.controllers.PlanAssert.assertThat;

import io.coxswain.api.apps.DaemonSet;
import io.coxswain.api.apps.DaemonSet.DaemonSetSpec;
import io.coxswain.api.apps.DaemonSet.DaemonSetStatus;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.PodTemplateSpec;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.fixture.PodNoun;
import io.coxswain.controllers.history.History;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class DaemonSetControllerTest {

    private final DaemonSetController controller = new DaemonSetController();
    private final DaemonSet set =
            any(DaemonSet.class, "agent")
                    .set(
                            DaemonSet::spec,
                            Edit.of(DaemonSetSpec.class)
                                    .set(DaemonSetSpec::selector, selector("app", "agent"))
                                    .set(DaemonSetSpec::template, template("app", "agent"))
                                    .done())
                    .set(
                            DaemonSet::status,
                            Edit.of(DaemonSetStatus.class)
                                    .set(DaemonSetStatus::desiredNumberScheduled, 2)
                                    .done())
                    .build();
    private final String hash = History.of(set, set.spec().template(), null, view()).hash();

    @Test
    void pinsAPodToEveryNodeThatFits() {
        var plan =
                controller.reconcile(
                        set,
                        view(
                                node("a"),
                                node("b")
                                        .unschedulable()
                                        .tainted(
                                                "node.kubernetes.io/unschedulable",
                                                "NoSchedule",
                                                null),
                                node("tainted").tainted("dedicated", "NoSchedule", null)));

        assertThat(plan).created(Pod.class).extracting(DaemonPods::node).containsExactly("a", "b");
        assertThat(plan)
                .created(Pod.class)
                .first()
                .satisfies(pod -> Assertions.assertThat(pod.spec().tolerations()).hasSize(6));
    }

    @Test
    void followsTheNodeSelector() {
        var selective =
                Edit.with(
                        set,
                        DaemonSet::spec,
                        Edit.with(
                                set.spec(),
                                DaemonSetSpec::template,
                                new PodTemplateSpec(
                                        set.spec().template().metadata(),
                                        Edit.with(
                                                set.spec().template().spec(),
                                                PodSpec::nodeSelector,
                                                Map.of("disk", "ssd")))));

        assertThat(
                        controller.reconcile(
                                selective, view(node("a"), node("b").labelled("disk", "ssd"))))
                .created(Pod.class)
                .extracting(DaemonPods::node)
                .containsExactly("b");
    }

    @Test
    void leavesANodeThatPutsItOut() {
        assertThat(
                        controller.reconcile(
                                set,
                                view(
                                        node("a").tainted("gone", "NoExecute", NOW),
                                        mine("p", "a").ready())))
                .deletesOnly("p");
        assertThat(
                        controller.reconcile(
                                set,
                                view(
                                        node("a").tainted("new", "NoSchedule", NOW),
                                        mine("p", "a").ready())))
                .changesNothingBut(1);
    }

    @Test
    void replacesOldPodsOneAtATime() {
        var plan =
                controller.reconcile(
                        set,
                        view(
                                node("a"),
                                node("b"),
                                mine("old-a", "a").labelled(History.HASH, "other").ready(),
                                mine("old-b", "b").labelled(History.HASH, "other").ready()));

        assertThat(plan).deletesOnly("old-a");
    }

    @Test
    void waitsWhileOneIsDown() {
        var plan =
                controller.reconcile(
                        set,
                        view(
                                node("a"),
                                node("b"),
                                mine("new-a", "a").running(),
                                mine("old-b", "b").labelled(History.HASH, "other").ready()));

        assertThat(plan).deletesOnly();
    }

    @Test
    void replacesAPodThatFailed() {
        var plan = controller.reconcile(set, view(node("a"), mine("p", "a").phase("Failed")));

        assertThat(plan)
                .deletesOnly("p")
                .events()
                .containsExactly(
                        "FailedDaemonPod: Found failed daemon pod default/p on node a, will try "
                                + "to kill"
                                + " it");
    }

    private PodNoun mine(String name, String node) {
        return pod(name)
                .labelled("app", "agent")
                .labelled(History.HASH, hash)
                .on(node)
                .ownedBy(set);
    }
}
