package io.coxswain.kubelet.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.kubelet.pod.ContainerMetadata;
import io.coxswain.kubelet.runtime.ContainerStats;
import io.coxswain.kubelet.runtime.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourceMetricsTest {

    @Test
    void containersAreSummedUpByPod() {
        var text =
                ResourceMetrics.of(
                        12.5,
                        1000,
                        List.of(stats("1", "app", 2, 100), stats("2", "side", 1, 50)),
                        Map.of("1", Instant.ofEpochSecond(1700)));

        assertThat(text.lines())
                .contains(
                        "# TYPE container_cpu_usage_seconds_total counter",
                        "container_cpu_usage_seconds_total{container=\"app\",namespace=\"default\","
                                + "pod=\"web\"} 2.0",
                        "pod_cpu_usage_seconds_total{namespace=\"default\",pod=\"web\"} 3.0",
                        "pod_memory_working_set_bytes{namespace=\"default\",pod=\"web\"} 150.0",
                        "node_cpu_usage_seconds_total 12.5",
                        "container_start_time_seconds{container=\"app\",namespace=\"default\","
                                + "pod=\"web\"} 1700.0",
                        "resource_scrape_error 0.0");
    }

    private static ContainerStats stats(String id, String name, long seconds, long bytes) {
        var at = Instant.EPOCH;
        var labels =
                Map.of(
                        ContainerMetadata.POD_NAME,
                        "web",
                        ContainerMetadata.POD_NAMESPACE,
                        "default",
                        ContainerMetadata.CONTAINER_NAME,
                        name);
        var usage =
                new Usage(
                        new Usage.Cpu(at, seconds * 1_000_000_000L, null),
                        new Usage.Memory(at, bytes, null, null, null, null, null));
        return new ContainerStats(id, name, labels, usage, null);
    }
}
