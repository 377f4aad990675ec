package io.coxswain.conformance.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.conformance.Server;
import io.coxswain.conformance.ServerExtension;
import io.coxswain.conformance.Waiting;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.io.ByteArrayInputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Workloads with the client's own words for what one does with them, on simulated nodes.
@Tag("long")
@ExtendWith(ServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkloadTest {

    private static final long WAIT = 30;

    private final KubernetesClient client;

    WorkloadTest(Server server) {
        client = Connections.inNamespace(server, "fabric8-workload");
    }

    @AfterAll
    void close() {
        client.close();
    }

    @Test
    void aDeploymentIsReadyAndScales() {
        var deployment = deployment("scaled", 2);

        assertThat(deployment.waitUntilReady(WAIT, TimeUnit.SECONDS).getStatus().getReadyReplicas())
                .isEqualTo(2);
        deployment.withTimeout(WAIT, TimeUnit.SECONDS).scale(4);
        assertThat(pods("scaled")).hasSize(4);
        deployment.withTimeout(WAIT, TimeUnit.SECONDS).scale(1);
        Waiting.until("one pod is left", () -> pods("scaled").size() == 1);
        assertThat(deployment.scale().getSpec().getReplicas()).isEqualTo(1);
        assertThat(deployment.scale().getStatus().getSelector()).asString().contains("scaled");
    }

    @Test
    void aDeploymentIsRolledRestartedAndUndone() {
        var deployment = deployment("rolled", 2);
        deployment.waitUntilReady(WAIT, TimeUnit.SECONDS);
        var first = pods("rolled").getFirst().getMetadata().getUid();

        deployment.rolling().restart();
        Waiting.until(
                "the pods are new ones",
                () -> done(deployment) && pods("rolled").stream().noneMatch(it -> uid(it, first)));

        changeImage(deployment);
        Waiting.until(
                "the pods have the new image",
                () -> done(deployment) && images("rolled", "localhost/main:2"));

        deployment.rolling().undo();
        Waiting.until(
                "the pods have the old image",
                () -> done(deployment) && images("rolled", "localhost/main:1"));
    }

    @Test
    void aPausedDeploymentWaits() {
        var deployment = deployment("paused", 1);
        deployment.waitUntilReady(WAIT, TimeUnit.SECONDS);

        deployment.rolling().pause();
        changeImage(deployment);
        Waiting.until(
                "the pause was seen",
                () ->
                        deployment.get().getStatus().getObservedGeneration()
                                >= deployment.get().getMetadata().getGeneration());
        assertThat(images("paused", "localhost/main:1")).isTrue();
        deployment.rolling().resume();
        Waiting.until(
                "the pods have the new image",
                () -> done(deployment) && images("paused", "localhost/main:2"));
    }

    @Test
    void aStatefulSetGrowsInOrder() {
        var set = client.resource((StatefulSet) read(STATEFUL)).create();
        assertThat(set.getSpec().getPodManagementPolicy()).isEqualTo("OrderedReady");
        var resource = client.apps().statefulSets().withName("ordered");
        resource.waitUntilReady(WAIT, TimeUnit.SECONDS);
        assertThat(pods("ordered"))
                .extracting("metadata.name")
                .containsExactlyInAnyOrder("ordered-0", "ordered-1");
        resource.withTimeout(WAIT, TimeUnit.SECONDS).scale(3);
        assertThat(pods("ordered")).hasSize(3);
        resource.rolling().restart();
        Waiting.until(
                "the update is done",
                () -> {
                    var status = resource.get().getStatus();
                    return status.getUpdateRevision().equals(status.getCurrentRevision())
                            && Integer.valueOf(3).equals(status.getReadyReplicas())
                            && updated("ordered", status.getUpdateRevision());
                });
    }

    @Test
    void aJobRunsToItsEnd() {
        client.resource((Job) read(JOB)).create();

        var done =
                client.batch()
                        .v1()
                        .jobs()
                        .withName("counted")
                        .waitUntilCondition(
                                it ->
                                        it != null
                                                && it.getStatus() != null
                                                && Integer.valueOf(3)
                                                        .equals(it.getStatus().getSucceeded()),
                                WAIT,
                                TimeUnit.SECONDS);

        assertThat(done.getSpec().getCompletions()).isEqualTo(3);
        client.batch().v1().jobs().withName("counted").delete();
        Waiting.until("its pods are gone", () -> pods("counted").isEmpty());
    }

    @Test
    void aCronJobIsSuspended() {
        client.resource((CronJob) read(CRON)).create();
        var suspended =
                client.batch()
                        .v1()
                        .cronjobs()
                        .withName("nightly")
                        .edit(it -> {
                            it.getSpec().setSuspend(true);
                            return it;
                        });
        assertThat(suspended.getSpec().getSuspend()).isTrue();
        assertThat(suspended.getSpec().getConcurrencyPolicy()).isEqualTo("Allow");
    }

    @Test
    void aPodIsEvictedUnlessABudgetForbids() {
        var deployment = deployment("evicted", 2);
        deployment.waitUntilReady(WAIT, TimeUnit.SECONDS);
        client.resource(read(BUDGET)).create();
        var pod = client.pods().withName(pods("evicted").getFirst().getMetadata().getName());

        assertThat(pod.evict()).isFalse();
        client.policy().v1().podDisruptionBudget().withName("all").delete();
        assertThat(pod.evict()).isTrue();
        Waiting.until("another pod takes its place", () -> pods("evicted").size() == 2);
    }

    @Test
    void aNodeIsCordonedAndPodsStayAway() {
        var node = client.nodes().withName("simulated-1");
        edit(node, it -> it.getSpec().setUnschedulable(true));
        deployment("cordoned", 4).waitUntilReady(WAIT, TimeUnit.SECONDS);
        assertThat(pods("cordoned")).extracting("spec.nodeName").doesNotContain("simulated-1");
        edit(node, it -> it.getSpec().setUnschedulable(null));
    }

    private static void changeImage(RollableScalableResource<Deployment> deployment) {
        edit(
                deployment,
                it ->
                        it.getSpec()
                                .getTemplate()
                                .getSpec()
                                .getContainers()
                                .getFirst()
                                .setImage("localhost/main:2"));
    }

    /// Again when a controller has written in between, which the client does not do by itself.
    private static <T> void edit(Resource<T> resource, Consumer<T> change) {
        Waiting.until("edited", () -> edited(resource, change));
    }

    private static <T> boolean edited(Resource<T> resource, Consumer<T> change) {
        try {
            resource.edit(it -> {
                change.accept(it);
                return it;
            });
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    private List<Pod> pods(String app) {
        return client.pods().withLabel("app", app).list().getItems().stream()
                .filter(it -> it.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    private boolean updated(String app, String revision) {
        return pods(app).stream()
                .map(it -> it.getMetadata().getLabels())
                .allMatch(it -> revision.equals(it.get("controller-revision-hash")));
    }

    private static boolean uid(Pod pod, String uid) {
        return pod.getMetadata().getUid().equals(uid);
    }

    private boolean images(String app, String image) {
        return pods(app).stream()
                .allMatch(it ->
                        it.getSpec().getContainers().stream()
                                .allMatch(container -> container.getImage().equals(image)));
    }

    private static boolean done(RollableScalableResource<Deployment> deployment) {
        var now = deployment.get();
        var status = now.getStatus();
        return status.getObservedGeneration() >= now.getMetadata().getGeneration()
                && now.getSpec().getReplicas().equals(status.getUpdatedReplicas())
                && now.getSpec().getReplicas().equals(status.getAvailableReplicas())
                && now.getSpec().getReplicas().equals(status.getReplicas());
    }

    private RollableScalableResource<Deployment> deployment(String name, int replicas) {
        var yaml =
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %s}
                spec:
                  replicas: %d
                  selector: {matchLabels: {app: %s}}
                  template:
                    metadata: {labels: {app: %s}}
                    spec:
                      terminationGracePeriodSeconds: 0
                      containers: [{name: main, image: "localhost/main:1"}]
                """
                        .formatted(name, replicas, name, name);
        client.resource(read(yaml)).create();
        return client.apps().deployments().withName(name);
    }

    private HasMetadata read(String yaml) {
        return client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .getFirst();
    }

    private static final String STATEFUL =
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: ordered}
            spec:
              serviceName: ordered
              replicas: 2
              selector: {matchLabels: {app: ordered}}
              template:
                metadata: {labels: {app: ordered}}
                spec:
                  terminationGracePeriodSeconds: 0
                  containers: [{name: main, image: "localhost/main:1"}]
            """;

    private static final String JOB =
            """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: counted}
            spec:
              completions: 3
              parallelism: 3
              template:
                metadata: {labels: {app: counted}}
                spec:
                  restartPolicy: Never
                  containers: [{name: main, image: "localhost/main:1"}]
            """;

    private static final String CRON =
            """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: nightly}
            spec:
              schedule: "0 3 * * *"
              jobTemplate:
                spec:
                  template:
                    spec:
                      restartPolicy: Never
                      containers: [{name: main, image: "localhost/main:1"}]
            """;

    private static final String BUDGET =
            """
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: all}
            spec:
              maxUnavailable: 0
              selector: {matchLabels: {app: evicted}}
            """;
}
