package io.coxswain.controllers.node;

import static io.coxswain.client.fixture.Nouns.NOW;
import static io.coxswain.client.fixture.Nouns.any;
import static io.coxswain.client.fixture.Nouns.node;
import static io.coxswain.client.fixture.Nouns.pod;
import static io.coxswain.client.fixture.Nouns.view;
import static io.coxswain.client.fixture.Nouns.viewAt;
import static io.coxswain.controllers.PlanAssert.assertThat;

import io.coxswain.api.coordination.Lease;
import io.coxswain.api.coordination.Lease.LeaseSpec;
import io.coxswain.api.core.Node;
import io.coxswain.api.core.Node.NodeCondition;
import io.coxswain.api.core.Node.Taint;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Toleration;
import io.coxswain.api.schema.Edit;
import io.coxswain.controllers.podgc.PodGarbageController;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class NodeLifecycleControllerTest {

    private final NodeLifecycleController controller = new NodeLifecycleController();
    private final Node silent = node("n1").build();

    @Test
    void aSilentNodeBecomesUnknown() {
        assertThat(controller.reconcile(silent, view(silent)))
                .changesNothing()
                .looksAgainIn(Duration.ofSeconds(50));

        var plan = controller.reconcile(silent, viewAt(NOW.plusSeconds(50), silent));

        assertThat(plan)
                .statuses(Node.class)
                .singleElement()
                .satisfies(node ->
                        Assertions.assertThat(node.status().conditions())
                                .extracting(NodeCondition::type, NodeCondition::status)
                                .contains(Assertions.tuple("Ready", "Unknown")));
        assertThat(plan)
                .events()
                .containsExactly("NodeNotReady: Node n1 status is now: NodeNotReady");
    }

    @Test
    void aRenewedLeaseIsASignOfLife() {
        controller.reconcile(silent, view(silent));

        var plan =
                controller.reconcile(
                        silent, viewAt(NOW.plusSeconds(45), silent, lease(NOW.plusSeconds(44))));

        assertThat(plan).changesNothing().looksAgainIn(Duration.ofSeconds(50));
    }

    @Test
    void aClockThatIsWrongIsNoSilence() {
        var lost = lease(NOW.minus(Duration.ofDays(400)));

        assertThat(controller.reconcile(silent, view(silent, lost))).changesNothing();
    }

    @Test
    void podsMustLeaveANodeThatCannotBeReached() {
        var unknown = node("n1").condition("Ready", "Unknown", NOW).build();
        var plan =
                controller.reconcile(unknown, view(unknown, node("n2"), pod("p").on("n1").ready()));

        assertThat(plan)
                .updated(Node.class)
                .singleElement()
                .satisfies(node ->
                        Assertions.assertThat(node.spec().taints())
                                .extracting(Taint::key, Taint::effect)
                                .containsExactly(
                                        Assertions.tuple(
                                                "node.kubernetes.io/unreachable", "NoSchedule"),
                                        Assertions.tuple(
                                                "node.kubernetes.io/unreachable", "NoExecute")));
        assertThat(plan).statuses(Pod.class).hasSize(1);
    }

    @Test
    void nobodyIsEvictedWhenNoNodeAtAllIsReady() {
        var unknown = node("n1").condition("Ready", "Unknown", NOW).build();

        assertThat(controller.reconcile(unknown, view(unknown)))
                .updated(Node.class)
                .singleElement()
                .satisfies(node ->
                        Assertions.assertThat(node.spec().taints())
                                .extracting(Taint::effect)
                                .containsExactly("NoSchedule"));
    }

    @Test
    void taintsGoWhenTheReasonGoes() {
        var back =
                node("n1")
                        .tainted("node.kubernetes.io/unreachable", "NoExecute", NOW)
                        .tainted("mine", "NoSchedule", null)
                        .build();

        assertThat(controller.reconcile(back, view(back)))
                .updated(Node.class)
                .singleElement()
                .satisfies(node ->
                        Assertions.assertThat(node.spec().taints())
                                .extracting(Taint::key)
                                .containsExactly("mine"));
    }

    @Test
    void aTolerationLastsItsSeconds() {
        var tainted = node("n1").tainted("node.kubernetes.io/unreachable", "NoExecute", NOW);
        var patient =
                pod("p").on("n1")
                        .ready()
                        .tolerates(
                                new Toleration(
                                        "node.kubernetes.io/unreachable",
                                        "Exists",
                                        "",
                                        "NoExecute",
                                        300L))
                        .build();
        var eviction = new TaintEviction();

        assertThat(eviction.reconcile(patient, view(tainted)))
                .changesNothing()
                .looksAgainIn(Duration.ofMinutes(5));
        assertThat(eviction.reconcile(patient, viewAt(NOW.plusSeconds(300), tainted)))
                .deletesOnly("p");
        assertThat(eviction.reconcile(pod("q").on("n1").build(), view(tainted)))
                .deletesOnly("q")
                .events()
                .containsExactly("TaintManagerEviction: Marking for deletion Pod default/q");
    }

    @Test
    void podsOfANodeThatIsGoneAreGivenAWhile() {
        var garbage = new PodGarbageController(12_500);
        var orphan = pod("p").on("gone").ready().build();

        assertThat(garbage.reconcile(orphan, view())).looksAgainIn(Duration.ofSeconds(20));
        Assertions.assertThat(garbage.reconcile(orphan, viewAt(NOW.plusSeconds(40))).stages())
                .hasSize(2);
    }

    private static Lease lease(Instant renewed) {
        return any(Lease.class, "n1")
                .in("kube-node-lease")
                .set(
                        Lease::spec,
                        Edit.of(LeaseSpec.class).set(LeaseSpec::renewTime, renewed).done())
                .build();
    }
}
