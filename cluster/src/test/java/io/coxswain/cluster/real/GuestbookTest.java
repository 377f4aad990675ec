package io.coxswain.cluster.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.apps.ReplicaSet;
import io.coxswain.api.core.Pod;
import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.client.ListQuery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The guestbook from its first `apply` to its last trace, as a user of any kubectl lives it.
@Tag("real")
class GuestbookTest {

    private static final String NAMESPACE = "guestbook";
    private static final ListQuery FRONTEND = ListQuery.ALL.in(NAMESPACE).labelled("app=frontend");
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir static Path home;

    private static Up up;

    @BeforeAll
    static void start() {
        up = Up.withNode(home);
    }

    @AfterAll
    static void stop() {
        up.close();
    }

    @Test
    void withOurKubectl() {
        lives(up.kubectl());
    }

    @Test
    void withTheKubectlsOfThisMachine() {
        var others = Kubectl.onThisMachine();
        Assumptions.assumeFalse(
                others.isEmpty(), "no kubectl on the path, and none in COX_TEST_KUBECTLS");
        for (var other : others) {
            lives(new Kubectl(List.of(other.toString()), up.kubeconfig()));
        }
    }

    private static void lives(Kubectl kubectl) {
        var file = Program.example("guestbook.yaml").toString();
        kubectl.run("apply", "-f", file);
        in(kubectl, "rollout", "status", "deployment/frontend", "--timeout=60s");
        in(kubectl, "rollout", "status", "deployment/backend", "--timeout=60s");
        isShown(kubectl);
        isScaled(kubectl);
        isUpdatedWithoutGap(kubectl);
        healsItself(kubectl);
        isCollected(kubectl);
        kubectl.run("delete", "-f", file, "--ignore-not-found");
        Program.await(
                "the namespace is gone",
                SOON,
                () -> kubectl.run("get", "namespace", NAMESPACE, "--ignore-not-found").isEmpty());
    }

    private static void isShown(Kubectl kubectl) {
        assertThat(in(kubectl, "get", "pods", "-l", "app=frontend").lines().skip(1))
                .hasSize(3)
                .allMatch(line -> line.matches("frontend-\\S+ +1/1 +Running +0 +\\d+s *"));
        assertThat(in(kubectl, "get", "deployment", "frontend", "-o", "wide"))
                .contains("3/3", "localhost/coxswain/web:1", "app=frontend");
        assertThat(in(kubectl, "get", "service", "frontend")).contains("NodePort", "80:30080/TCP");
        assertThat(in(kubectl, "describe", "deployment", "frontend"))
                .containsPattern("Replicas: +3 desired \\| 3 updated \\| 3 total \\| 3 available")
                .contains("ScalingReplicaSet", "RollingUpdate");
        assertThat(in(kubectl, "describe", "pods", "-l", "app=backend"))
                .contains("Readiness:", "Startup:", "Successfully assigned", "Started", "Running");
        assertThat(in(kubectl, "describe", "service", "frontend")).contains("10.244.0.");
        var pod = podNames(kubectl).findFirst().orElseThrow();
        assertThat(in(kubectl, "exec", pod, "--", "sh", "-c", "echo $GREETING on $(hostname)"))
                .isEqualTo("Welcome on " + pod + "\n");
        assertThat(kubectl.tryTo("-n", NAMESPACE, "exec", pod, "--", "sh", "-c", "exit 3"))
                .satisfies(result -> assertThat(result.exitCode()).isEqualTo(3))
                .satisfies(result ->
                        assertThat(result.errors())
                                .contains("command terminated with exit code 3"));
        in(kubectl, "exec", pod, "--", "sh", "-c", "echo from the container > /proc/1/fd/1");
        Program.await(
                "a line in the log",
                SOON,
                () -> in(kubectl, "logs", pod, "--tail=1").equals("from the container\n"));
    }

    private static void isScaled(Kubectl kubectl) {
        in(kubectl, "scale", "deployment/frontend", "--replicas=4");
        in(kubectl, "rollout", "status", "deployment/frontend", "--timeout=60s");
        assertThat(podNames(kubectl)).hasSize(4);
        in(kubectl, "scale", "deployment/frontend", "--replicas=2");
        Program.await("two pods", SOON, () -> podNames(kubectl).count() == 2);
    }

    /// `maxUnavailable` is 0: at no moment may fewer than two pods serve, nor more than three be
    /// there. After the undo the image is the first one again, from the same ReplicaSet.
    private static void isUpdatedWithoutGap(Kubectl kubectl) {
        var client = up.client();
        var before = client.list(ReplicaSet.class, FRONTEND).items().getFirst().name();
        try (var pods = new Followed<>(client, Pod.class, FRONTEND)) {
            in(kubectl, "set", "image", "deployment/frontend", "web=localhost/coxswain/web:2");
            assertThat(pods.lowest("version 2", GuestbookTest::serving, all -> run(all, ":2")))
                    .isGreaterThanOrEqualTo(2);
            assertThat(in(kubectl, "rollout", "status", "deployment/frontend", "--timeout=60s"))
                    .contains("successfully rolled out");
            assertThat(in(kubectl, "rollout", "history", "deployment/frontend"))
                    .containsPattern("(?m)^1 ")
                    .containsPattern("(?m)^2 ");
            in(kubectl, "rollout", "undo", "deployment/frontend");
            assertThat(pods.lowest("version 1", GuestbookTest::serving, all -> run(all, ":1")))
                    .isGreaterThanOrEqualTo(2);
        }
        assertThat(in(kubectl, "get", "replicasets", before).lines().skip(1))
                .singleElement()
                .asString()
                .matches(before + " +2 +2 +2 .*");
    }

    private static void healsItself(Kubectl kubectl) {
        var victim = podNames(kubectl).findFirst().orElseThrow();
        in(kubectl, "delete", "pod", victim);
        assertThat(podNames(kubectl)).doesNotContain(victim);
        in(kubectl, "rollout", "status", "deployment/frontend", "--timeout=60s");
        assertThat(podNames(kubectl)).hasSize(2);
    }

    private static void isCollected(Kubectl kubectl) {
        in(kubectl, "delete", "deployment", "frontend");
        var client = up.client();
        Program.await(
                "ReplicaSets, pods and endpoints are collected",
                SOON,
                () ->
                        client.list(ReplicaSet.class, FRONTEND).items().isEmpty()
                                && client.list(Pod.class, FRONTEND).items().isEmpty()
                                && client
                                        .list(
                                                EndpointSlice.class,
                                                ListQuery.ALL
                                                        .in(NAMESPACE)
                                                        .labelled(
                                                                "kubernetes.io/service-name=frontend"))
                                        .items()
                                        .stream()
                                        .allMatch(slice -> slice.endpoints().isEmpty()));
        assertThat(in(kubectl, "get", "pods", "-o", "name").lines())
                .singleElement()
                .asString()
                .startsWith("pod/backend-");
    }

    private static long serving(Stream<Pod> pods) {
        return pods.filter(pod -> !pod.deleting() && isReady(pod)).count();
    }

    private static boolean run(Followed<Pod> pods, String image) {
        return pods.all().count() == 2
                && serving(pods.all()) == 2
                && pods.all().map(GuestbookTest::image).allMatch(one -> one.endsWith(image));
    }

    private static String image(Pod pod) {
        return pod.spec().containers().getFirst().image();
    }

    private static boolean isReady(Pod pod) {
        return pod.status().conditions().stream()
                .anyMatch(one -> one.type().equals("Ready") && one.status().equals("True"));
    }

    private static Stream<String> podNames(Kubectl kubectl) {
        return in(kubectl, "get", "pods", "-l", "app=frontend", "-o", "name")
                .lines()
                .map(line -> line.substring("pod/".length()));
    }

    private static String in(Kubectl kubectl, String... arguments) {
        var all = new ArrayList<>(List.of("-n", NAMESPACE));
        all.addAll(java.util.List.of(arguments));
        return kubectl.run(all.toArray(String[]::new));
    }
}
