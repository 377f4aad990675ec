package io.coxswain.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.batch.Job;
import io.coxswain.api.core.Node;
import io.coxswain.api.core.Pod;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.client.Patch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What happens when time passes; no test waits for it.
@ClusterTest(nodes = 2)
class TimeTest {

    @Test
    void aCronJobFiresEveryHourOfADay(TestCluster cluster) {
        cluster.apply(
                        """
                        apiVersion: batch/v1
                        kind: CronJob
                        metadata: {name: hourly}
                        spec:
                          schedule: "30 * * * *"
                          successfulJobsHistoryLimit: 100
                          jobTemplate:
                            spec:
                              template:
                                spec:
                                  restartPolicy: Never
                                  containers: [{name: main, image: "tick:1"}]
                        """)
                .advance(Duration.ofHours(24));

        assertThat(cluster.list(Job.class, ""))
                .hasSize(24)
                .allSatisfy(job -> assertThat(job.status().succeeded()).isEqualTo(1));
    }

    @Test
    void thePodsOfADeadNodeStartElsewhere(TestCluster cluster) {
        cluster.apply(
                        """
                        apiVersion: apps/v1
                        kind: ReplicaSet
                        metadata: {name: web}
                        spec:
                          replicas: 4
                          selector: {matchLabels: {app: web}}
                          template:
                            metadata: {labels: {app: web}}
                            spec: {containers: [{name: main, image: "web:1"}]}
                        """)
                .settle();

        pullThePlug(cluster, "node-1");
        cluster.advance(Duration.ofMinutes(2));

        var node = cluster.client().get(Node.class, "", "node-1");
        assertThat(node.spec().taints())
                .extracting(Node.Taint::key)
                .contains("node.kubernetes.io/unreachable");

        cluster.advance(Duration.ofMinutes(6));

        assertThat(cluster.list(Pod.class, "app=web"))
                .filteredOn(pod -> !pod.deleting())
                .hasSize(4)
                .allSatisfy(pod -> assertThat(pod.spec().nodeName()).isEqualTo("node-2"));
    }

    @Test
    void aLivingNodeStaysReadyForADay(TestCluster cluster) {
        cluster.advance(Duration.ofDays(1));

        var node = cluster.client().get(Node.class, "", "node-1");
        assertThat(node.spec().taints()).isEmpty();
        assertThat(node.status().conditions())
                .filteredOn(it -> it.type().equals("Ready"))
                .allSatisfy(it -> assertThat(it.status()).isEqualTo("True"));
    }

    private static void pullThePlug(TestCluster cluster, String node) {
        var patch = "{\"metadata\":{\"annotations\":{\"coxswain.io/simulated\":null}}}";
        Json body = JsonReader.readObject(patch.getBytes(StandardCharsets.UTF_8));
        cluster.client().patch(Node.class, "", node, Patch.merge(body));
    }
}
