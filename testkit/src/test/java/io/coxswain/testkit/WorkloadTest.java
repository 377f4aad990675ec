package io.coxswain.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.apps.Deployment;
import io.coxswain.api.apps.ReplicaSet;
import io.coxswain.api.batch.Job;
import io.coxswain.api.core.Node;
import io.coxswain.api.core.Pod;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Resource;
import io.coxswain.client.Patch;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What users of Deployments and Jobs see, from the manifest to the pods.
@ClusterTest
class WorkloadTest {

    private static final String ALL = "app=web";

    @Test
    void aDeploymentRunsItsPods(TestCluster cluster) {
        cluster.apply(web("web:1")).settle();

        assertThat(cluster.list(ReplicaSet.class, ALL)).hasSize(1);
        assertThat(cluster.list(Pod.class, ALL))
                .hasSize(3)
                .allSatisfy(pod -> assertThat(pod.status().phase()).isEqualTo("Running"))
                .extracting(pod -> pod.spec().nodeName())
                .doesNotHaveDuplicates();
        var status = cluster.get(Deployment.class, "web").status();
        assertThat(status.readyReplicas()).isEqualTo(3);
        assertThat(status.availableReplicas()).isEqualTo(3);
        assertThat(status.observedGeneration()).isEqualTo(1);
        assertThat(cluster.events("web"))
                .anySatisfy(event ->
                        assertThat(event)
                                .matches(
                                        "ScalingReplicaSet: Scaled up replica set web-\\w+ "
                                                + "from 0 to 3"));
    }

    @Test
    void aRollingUpdateKeepsThePodsThatMayNotBeMissing(TestCluster cluster) {
        cluster.apply(web("web:1")).settle();
        var serving = cluster.lowestSeen(() -> cluster.readyPods(ALL));

        cluster.apply(web("web:2")).settle().advance(Duration.ofMinutes(1));

        assertThat(images(cluster)).containsOnly("web:2").hasSize(3);
        assertThat(serving.value()).isGreaterThanOrEqualTo(3);
        assertThat(cluster.list(ReplicaSet.class, ALL))
                .extracting(set -> set.spec().replicas())
                .containsExactlyInAnyOrder(0, 3);
    }

    @Test
    void goingBackBringsTheOldReplicaSetBack(TestCluster cluster) {
        cluster.apply(web("web:1")).settle();
        var first = cluster.list(ReplicaSet.class, ALL).getFirst().name();
        cluster.apply(web("web:2")).settle();

        cluster.apply(web("web:1")).settle().advance(Duration.ofMinutes(1));

        assertThat(images(cluster)).containsOnly("web:1").hasSize(3);
        assertThat(cluster.list(ReplicaSet.class, ALL)).hasSize(2);
        var back = cluster.get(ReplicaSet.class, first);
        assertThat(back.spec().replicas()).isEqualTo(3);
        assertThat(back.metadata().annotations())
                .containsEntry("deployment.kubernetes.io/revision", "3")
                .containsEntry("deployment.kubernetes.io/revision-history", "1");
    }

    @Test
    void aDeletedPodIsReplaced(TestCluster cluster) {
        cluster.apply(web("web:1")).settle();
        var victim = cluster.list(Pod.class, ALL).getFirst();

        delete(cluster, victim);

        assertThat(cluster.readyPods(ALL)).isEqualTo(3);
        assertThat(cluster.list(Pod.class, ALL))
                .hasSize(3)
                .extracting(Resource::uid)
                .doesNotContain(victim.uid());
    }

    @Test
    void scalingFollowsTheScaleSubresource(TestCluster cluster) {
        cluster.apply(web("web:1")).settle();
        var five = Payload.of("{\"spec\":{\"replicas\":5}}");

        cluster.client()
                .json(
                        Request.of(
                                        "PATCH",
                                        "/apis/apps/v1/namespaces/default/deployments/web/scale")
                                .withBody("application/merge-patch+json", five));
        cluster.settle();

        assertThat(cluster.readyPods(ALL)).isEqualTo(5);
    }

    @Test
    void deletingADeploymentCollectsEverythingItMade(TestCluster cluster) {
        cluster.apply(web("web:1")).settle();
        cluster.apply(web("web:2")).settle();

        delete(cluster, cluster.get(Deployment.class, "web"));
        cluster.advance(Duration.ofMinutes(1));

        assertThat(cluster.list(Deployment.class, "")).isEmpty();
        assertThat(cluster.list(ReplicaSet.class, "")).isEmpty();
        assertThat(cluster.list(Pod.class, "")).isEmpty();
    }

    @Test
    void aPodThatFitsNowhereSaysWhyPerNode(TestCluster cluster) {
        cluster.apply(
                        """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: big}
                        spec:
                          containers:
                          - name: main
                            image: web:1
                            resources: {requests: {cpu: "64"}}
                        """)
                .settle();

        var scheduled =
                cluster.get(Pod.class, "big").status().conditions().stream()
                        .filter(it -> it.type().equals("PodScheduled"))
                        .findFirst()
                        .orElseThrow();
        assertThat(scheduled.reason()).isEqualTo("Unschedulable");
        assertThat(scheduled.message()).startsWith("0/3 nodes are available: 3 Insufficient cpu.");
        assertThat(cluster.events("big"))
                .anySatisfy(event -> assertThat(event).startsWith("FailedScheduling: 0/3 nodes"));
    }

    @Test
    void aWaitingPodIsPlacedWhenANodeThatFitsAppears(TestCluster cluster) {
        cluster.apply(
                        """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: picky}
                        spec:
                          nodeSelector: {disk: fast}
                          containers: [{name: main, image: "web:1"}]
                        """)
                .settle();
        assertThat(cluster.get(Pod.class, "picky").spec().nodeName()).isEmpty();

        cluster.client()
                .patch(
                        Node.class,
                        "",
                        "node-2",
                        Patch.merge(
                                JsonReader.readObject(
                                        "{\"metadata\":{\"labels\":{\"disk\":\"fast\"}}}"
                                                .getBytes(StandardCharsets.UTF_8))));
        cluster.settle().advance(Duration.ofSeconds(30));

        assertThat(cluster.get(Pod.class, "picky").spec().nodeName()).isEqualTo("node-2");
        assertThat(cluster.get(Pod.class, "picky").status().phase()).isEqualTo("Running");
    }

    @Test
    void aJobRunsToItsEnd(TestCluster cluster) {
        cluster.apply(
                        """
                        apiVersion: batch/v1
                        kind: Job
                        metadata: {name: sum}
                        spec:
                          completions: 3
                          parallelism: 2
                          template:
                            spec:
                              restartPolicy: Never
                              containers: [{name: main, image: "sum:1"}]
                        """)
                .settle()
                .advance(Duration.ofMinutes(1));

        var job = cluster.get(Job.class, "sum");
        assertThat(job.status().succeeded()).isEqualTo(3);
        assertThat(job.status().conditions())
                .anySatisfy(it -> {
                    assertThat(it.type()).isEqualTo("Complete");
                    assertThat(it.status()).isEqualTo("True");
                });
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        assertThat(names(7)).isEqualTo(names(7)).isNotEqualTo(names(8));
    }

    private static List<String> names(long seed) {
        try (var cluster = TestCluster.start(seed).addNodes(2)) {
            cluster.apply(web("web:1")).settle();
            return cluster.list(Pod.class, ALL).stream()
                    .map(pod -> pod.name() + " on " + pod.spec().nodeName())
                    .toList();
        }
    }

    @Test
    void whatIsGoneIsNotFound(TestCluster cluster) {
        assertThatThrownBy(() -> cluster.get(Pod.class, "nobody"))
                .hasMessage("pods \"nobody\" not found");
    }

    private static void delete(TestCluster cluster, Resource object) {
        cluster.client()
                .delete(
                        object.getClass(),
                        object.namespace(),
                        object.name(),
                        Edit.of(DeleteOptions.class).done());
        cluster.settle();
    }

    private static List<String> images(TestCluster cluster) {
        return cluster.list(Pod.class, ALL).stream()
                .map(pod -> pod.spec().containers().getFirst().image())
                .toList();
    }

    private static String web(String image) {
        return """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          labels: {app: web}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata:
              labels: {app: web}
            spec:
              containers:
              - name: main
                image: IMAGE
        """
                .replace("IMAGE", image);
    }
}
