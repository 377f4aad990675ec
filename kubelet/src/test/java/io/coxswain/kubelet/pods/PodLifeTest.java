package io.coxswain.kubelet.pods;

import static io.coxswain.kubelet.testing.Pods.container;
import static io.coxswain.kubelet.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.schema.Edit;
import io.coxswain.kubelet.pods.PodAdmission.Rejection;
import io.coxswain.kubelet.runtime.ContainerFilter;
import io.coxswain.kubelet.runtime.ContainerRuntimeException.Reason;
import io.coxswain.kubelet.runtime.SandboxFilter;
import io.coxswain.kubelet.testing.Pods;
import io.coxswain.kubelet.testing.TestNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Whole lives of pods in simulated time.
class PodLifeTest {

    private final TestNode node = new TestNode();

    @Test
    void aPodStartsRunsAndIsDeleted() {
        node.api.put(pod("web").container(container("app", "sleep", "86400")).build());
        node.boot();
        node.pass(Duration.ofSeconds(2));

        var status = node.pod("web").status();
        assertThat(status.phase()).isEqualTo("Running");
        assertThat(status.podIP()).startsWith("10.244.0.");
        assertThat(status.hostIP()).isEqualTo("192.0.2.1");
        assertThat(status.conditions())
                .allSatisfy(condition -> assertThat(condition.status()).isEqualTo("True"))
                .extracting(condition -> condition.type())
                .containsExactly(
                        "PodReadyToStartContainers",
                        "Initialized",
                        "Ready",
                        "ContainersReady",
                        "PodScheduled");
        var app = node.container("web", "app");
        assertThat(app.ready()).isTrue();
        assertThat(app.started()).isTrue();
        assertThat(app.containerID()).startsWith("containerd://");
        assertThat(node.events)
                .contains("Normal Created: Container created", "Normal Started: Container started");

        node.api.deletePod("default", "web", 30);
        node.pass(Duration.ofSeconds(5));

        assertThat(node.exists("web")).isFalse();
        assertThat(node.runtime.containers(ContainerFilter.ALL)).isEmpty();
        assertThat(node.runtime.sandboxes(SandboxFilter.ALL)).isEmpty();
        assertThat(node.resources).contains("release uid-web", "remove uid-web");
        assertThat(node.events).contains("Normal Killing: Stopping container app");
    }

    @Test
    void aPodThatIsDoneSucceedsAndStaysDone() {
        node.api.put(
                pod("job")
                        .policy("Never")
                        .container(container("app", "sh", "-c", "exit 0"))
                        .build());
        node.boot();
        node.pass(Duration.ofMinutes(2));

        assertThat(node.pod("job").status().phase()).isEqualTo("Succeeded");
        var end = node.container("job", "app").state().terminated();
        assertThat(end).isNotNull();
        assertThat(end.reason()).isEqualTo("Completed");
        assertThat(node.container("job", "app").restartCount()).isZero();
        assertThat(node.runtime.containers(ContainerFilter.ALL)).hasSize(1);
    }

    @Test
    void aFailingContainerIsRestartedWithGrowingPauses() {
        node.api.put(pod("bad").container(container("app", "sh", "-c", "exit 3")).build());
        node.boot();
        node.pass(Duration.ofSeconds(8));

        var app = node.container("bad", "app");
        assertThat(app.restartCount()).isEqualTo(1);
        assertThat(node.waiting("bad", "app").reason()).isEqualTo("CrashLoopBackOff");
        assertThat(node.waiting("bad", "app").message())
                .isEqualTo(
                        "back-off 10s restarting failed container=app"
                                + " pod=bad_default(uid-bad)");
        assertThat(app.lastState().terminated())
                .isNotNull()
                .satisfies(end -> assertThat(end.exitCode()).isEqualTo(3));
        assertThat(node.events)
                .contains(
                        "Warning BackOff: Back-off restarting failed container app in pod"
                                + " bad_default(uid-bad)");

        node.pass(Duration.ofSeconds(12));
        assertThat(node.container("bad", "app").restartCount()).isEqualTo(2);
        assertThat(node.waiting("bad", "app").message()).startsWith("back-off 20s");
        node.pass(Duration.ofMinutes(20));
        assertThat(node.waiting("bad", "app").message()).startsWith("back-off 5m0s");
    }

    @Test
    void initContainersRunInTurnBeforeTheOthers() {
        node.api.put(
                pod("two")
                        .init(container("one", "sleep", "5"))
                        .init(container("two", "sleep", "5"))
                        .container(container("app", "sleep", "86400"))
                        .build());
        node.boot();
        node.pass(Duration.ofSeconds(3));

        assertThat(node.pod("two").status().phase()).isEqualTo("Pending");
        assertThat(node.container("two", "one").state().running()).isNotNull();
        assertThat(node.waiting("two", "two").reason()).isEqualTo("PodInitializing");
        assertThat(node.waiting("two", "app").reason()).isEqualTo("PodInitializing");

        node.pass(Duration.ofSeconds(12));

        assertThat(node.pod("two").status().phase()).isEqualTo("Running");
        assertThat(node.container("two", "one").ready()).isTrue();
        assertThat(node.container("two", "app").ready()).isTrue();
    }

    @Test
    void aFailedInitContainerFailsAPodThatIsNeverRestarted() {
        node.api.put(
                pod("init")
                        .policy("Never")
                        .init(container("one", "sh", "-c", "exit 1"))
                        .container(container("app", "sleep", "86400"))
                        .build());
        node.boot();
        node.pass(Duration.ofSeconds(5));

        assertThat(node.pod("init").status().phase()).isEqualTo("Failed");
        assertThat(node.waiting("init", "app").reason()).isEqualTo("PodInitializing");
    }

    @Test
    void sidecarsStartFirstAndEndLast() {
        node.api.put(
                pod("side")
                        .policy("Never")
                        .sidecar(container("proxy", "sleep", "86400"))
                        .container(container("app", "sleep", "10"))
                        .build());
        node.boot();
        node.pass(Duration.ofSeconds(3));

        assertThat(node.container("side", "proxy").started()).isTrue();
        assertThat(node.pod("side").status().phase()).isEqualTo("Running");

        node.pass(Duration.ofSeconds(60));

        assertThat(node.pod("side").status().phase()).isEqualTo("Succeeded");
        assertThat(node.container("side", "proxy").state().terminated()).isNotNull();
    }

    @Test
    void aRestartedKubeletTouchesNothingAndReportsTheSame() {
        node.api.put(pod("web").container(container("app", "sleep", "86400")).build());
        var workers = node.boot();
        node.pass(Duration.ofSeconds(3));
        var before = node.pod("web");
        var containers = node.runtime.containers(ContainerFilter.ALL);
        workers.stop();
        node.loops.close();

        node.boot();
        node.pass(Duration.ofMinutes(3));

        assertThat(node.runtime.containers(ContainerFilter.ALL)).isEqualTo(containers);
        assertThat(node.pod("web")).isEqualTo(before);
    }

    @Test
    void aPodDeletedWhileTheKubeletWasAwayIsEnded() {
        node.api.put(pod("web").container(container("app", "sleep", "86400")).build());
        var workers = node.boot();
        node.pass(Duration.ofSeconds(3));
        workers.stop();
        node.loops.close();
        node.api.deletePod("default", "web", 5);

        node.boot();
        node.pass(Duration.ofSeconds(10));

        assertThat(node.exists("web")).isFalse();
        assertThat(node.runtime.sandboxes(SandboxFilter.ALL)).isEmpty();
    }

    @Test
    void aPodThatVanishesFromTheApiIsEndedToo() {
        node.api.put(pod("web").container(container("app", "sleep", "86400")).build());
        node.boot();
        node.pass(Duration.ofSeconds(3));

        node.api.drop(io.coxswain.api.core.Pod.class, "default", "web");
        node.pass(Duration.ofSeconds(40));

        assertThat(node.runtime.sandboxes(SandboxFilter.ALL)).isEmpty();
    }

    @Test
    void anImageThatCannotBePulledIsTriedAgainLater() {
        node.runtime.images().refuse(Pods.IMAGE, Reason.NOT_FOUND);
        node.api.put(pod("web").container(container("app", "sleep", "86400")).build());
        node.boot();
        node.pass(Duration.ofSeconds(1));
        assertThat(node.waiting("web", "app").reason()).isEqualTo("ErrImagePull");

        node.pass(Duration.ofSeconds(4));
        var waiting = node.waiting("web", "app");
        assertThat(waiting.reason()).isEqualTo("ImagePullBackOff");
        assertThat(waiting.message())
                .startsWith("Back-off pulling image \"" + Pods.IMAGE + "\": ErrImagePull: ");

        node.runtime.images().offer(Pods.IMAGE);
        node.pass(Duration.ofSeconds(20));
        assertThat(node.pod("web").status().phase()).isEqualTo("Running");
    }

    @Test
    void anImageThatMayNotBePulledIsReported() {
        var app = Edit.with(container("app", "x"), Container::imagePullPolicy, "Never");
        node.api.put(pod("web").container(app).build());
        node.boot();
        node.pass(Duration.ofSeconds(3));

        assertThat(node.waiting("web", "app").reason()).isEqualTo("ErrImageNeverPull");
    }

    @Test
    void aMalformedImageNameIsReported() {
        var app = Edit.with(container("app", "x"), Container::image, "UPPER case");
        node.api.put(pod("web").container(app).build());
        node.boot();
        node.pass(Duration.ofSeconds(3));

        assertThat(node.waiting("web", "app").reason()).isEqualTo("InvalidImageName");
    }

    @Test
    void aPodOverItsDeadlineFails() {
        node.api.put(
                pod("slow")
                        .spec(spec -> Edit.with(spec, PodSpec::activeDeadlineSeconds, 20L))
                        .container(container("app", "sleep", "86400"))
                        .build());
        node.boot();
        node.pass(Duration.ofSeconds(15));
        assertThat(node.pod("slow").status().phase()).isEqualTo("Running");

        node.pass(Duration.ofSeconds(15));

        var status = node.pod("slow").status();
        assertThat(status.phase()).isEqualTo("Failed");
        assertThat(status.reason()).isEqualTo("DeadlineExceeded");
    }

    @Test
    void aPodWithoutRoomIsTurnedAway() {
        node.admission = (pod, others) -> new Rejection("OutOfcpu", "no room");
        node.api.put(pod("big").container(container("app", "sleep", "86400")).build());
        node.boot();
        node.pass(Duration.ofSeconds(5));

        var status = node.pod("big").status();
        assertThat(status.phase()).isEqualTo("Failed");
        assertThat(status.reason()).isEqualTo("OutOfcpu");
        assertThat(status.message()).isEqualTo("Pod was rejected: no room");
        assertThat(node.runtime.sandboxes(SandboxFilter.ALL)).isEmpty();
    }

    @Test
    void aSandboxThatDiesIsReplacedAndTheContainersStartAgain() {
        node.api.put(pod("web").container(container("app", "sleep", "86400")).build());
        node.boot();
        node.pass(Duration.ofSeconds(3));
        var first = node.runtime.sandboxes(SandboxFilter.ALL).getFirst();

        node.runtime.stopSandbox(first.id());
        node.pass(Duration.ofSeconds(30));

        assertThat(node.pod("web").status().phase()).isEqualTo("Running");
        assertThat(node.container("web", "app").restartCount()).isEqualTo(1);
        assertThat(node.events)
                .contains(
                        "Normal SandboxChanged: Pod sandbox changed, it will be killed and"
                                + " re-created.");
    }
}
