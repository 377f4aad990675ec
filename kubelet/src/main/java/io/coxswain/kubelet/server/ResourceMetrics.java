package io.coxswain.kubelet.server;

import io.coxswain.kubelet.pod.ContainerMetadata;
import io.coxswain.kubelet.runtime.ContainerStats;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What `/metrics/resource` says, in Prometheus' text format: the same names as upstream's, for a
/// metrics server to read.
final class ResourceMetrics {

    private final StringBuilder out = new StringBuilder();

    /// @param started when each container was started, by its id
    static String of(
            double nodeCpuSeconds,
            long nodeMemoryBytes,
            List<ContainerStats> containers,
            Map<String, Instant> started) {
        var metrics = new ResourceMetrics();
        metrics.cpu(containers, nodeCpuSeconds);
        metrics.memory(containers, nodeMemoryBytes);
        metrics.starts(containers, started);
        metrics.head("resource_scrape_error", "gauge", "1 if there was an error while getting");
        metrics.line("resource_scrape_error", "", 0);
        return metrics.out.toString();
    }

    private void cpu(List<ContainerStats> containers, double node) {
        head("container_cpu_usage_seconds_total", "counter", "CPU time consumed by the container");
        var pods = new LinkedHashMap<String, Double>();
        for (var stats : containers) {
            var cpu = stats.usage().cpu();
            if (cpu != null) {
                var seconds = cpu.coreNanos() / 1e9;
                line("container_cpu_usage_seconds_total", container(stats), seconds);
                pods.merge(pod(stats), seconds, Double::sum);
            }
        }
        head("node_cpu_usage_seconds_total", "counter", "CPU time consumed by the node");
        line("node_cpu_usage_seconds_total", "", node);
        head("pod_cpu_usage_seconds_total", "counter", "CPU time consumed by the pod");
        pods.forEach((labels, seconds) -> line("pod_cpu_usage_seconds_total", labels, seconds));
    }

    private void memory(List<ContainerStats> containers, long node) {
        head("container_memory_working_set_bytes", "gauge", "working set of the container");
        var pods = new LinkedHashMap<String, Long>();
        for (var stats : containers) {
            var memory = stats.usage().memory();
            if (memory != null) {
                var bytes = memory.workingSetBytes();
                line("container_memory_working_set_bytes", container(stats), (double) bytes);
                pods.merge(pod(stats), bytes, Long::sum);
            }
        }
        head("node_memory_working_set_bytes", "gauge", "working set of the node");
        line("node_memory_working_set_bytes", "", (double) node);
        head("pod_memory_working_set_bytes", "gauge", "working set of the pod");
        pods.forEach(
                (labels, bytes) -> line("pod_memory_working_set_bytes", labels, (double) bytes));
    }

    private void starts(List<ContainerStats> containers, Map<String, Instant> started) {
        head("container_start_time_seconds", "gauge", "Start time since the unix epoch");
        for (var stats : containers) {
            var start = started.get(stats.id());
            if (start != null) {
                line("container_start_time_seconds", container(stats), start.toEpochMilli() / 1e3);
            }
        }
    }

    private void head(String name, String type, String help) {
        out.append("# HELP ").append(name).append(" [STABLE] ").append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void line(String name, String labels, double value) {
        out.append(name).append(labels).append(' ').append(value).append('\n');
    }

    private static String container(ContainerStats stats) {
        var name = stats.labels().getOrDefault(ContainerMetadata.CONTAINER_NAME, "");
        return "{container=\"" + name + "\"," + pod(stats).substring(1);
    }

    private static String pod(ContainerStats stats) {
        return "{namespace=\"%s\",pod=\"%s\"}"
                .formatted(
                        stats.labels().getOrDefault(ContainerMetadata.POD_NAMESPACE, ""),
                        stats.labels().getOrDefault(ContainerMetadata.POD_NAME, ""));
    }
}
