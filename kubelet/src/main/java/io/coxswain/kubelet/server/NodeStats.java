package io.coxswain.kubelet.server;

import io.coxswain.api.json.Json;
import io.coxswain.base.Clock;
import io.coxswain.kubelet.pod.ContainerMetadata;
import io.coxswain.kubelet.registration.Machine;
import io.coxswain.kubelet.runtime.ContainerFilter;
import io.coxswain.kubelet.runtime.ContainerRuntime;
import io.coxswain.kubelet.runtime.ContainerStats;
import io.coxswain.kubelet.runtime.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the node and its containers use, for `/stats/summary` and `/metrics`.
public final class NodeStats {

    private static final long NANOS_PER_TICK = 10_000_000;
    private static final String NODE = "";

    private final String node;
    private final ContainerRuntime runtime;
    private final Supplier<Machine> machine;
    private final Clock clock;
    private final Map<String, Sample> samples = new ConcurrentHashMap<>();

    private record Sample(Instant at, long coreNanos, long nanoCores) {}

    public NodeStats(
            String node, ContainerRuntime runtime, Supplier<Machine> machine, Clock clock) {
        this.node = node;
        this.runtime = runtime;
        this.machine = machine;
        this.clock = clock;
    }

    Json.Obj summary() {
        var byPod = new LinkedHashMap<String, List<ContainerStats>>();
        for (var stats : runtime.containerStats(ContainerFilter.ALL)) {
            var uid = stats.labels().getOrDefault(ContainerMetadata.POD_UID, "");
            byPod.computeIfAbsent(uid, key -> new ArrayList<>()).add(stats);
        }
        List<Json> pods = byPod.values().stream().<Json>map(this::pod).toList();
        return object("node", nodeStats(), "pods", Json.array(pods));
    }

    private Json.Obj nodeStats() {
        var now = clock.now();
        var seen = machine.get();
        var cpu = new Usage.Cpu(now, hostCoreNanos(), null);
        var used = seen.memoryBytes() - seen.memoryAvailableBytes();
        return object(
                "nodeName",
                Json.of(node),
                "cpu",
                cpu(NODE, cpu),
                "memory",
                object(
                        "time",
                        Json.of(now.toString()),
                        "availableBytes",
                        Json.of(seen.memoryAvailableBytes()),
                        "usageBytes",
                        Json.of(used),
                        "workingSetBytes",
                        Json.of(used)),
                "fs",
                object(
                        "time",
                        Json.of(now.toString()),
                        "availableBytes",
                        Json.of(seen.diskAvailableBytes()),
                        "capacityBytes",
                        Json.of(seen.diskBytes()),
                        "usedBytes",
                        Json.of(seen.diskBytes() - seen.diskAvailableBytes())));
    }

    /// User, nice, system, irq, softirq and steal time of all CPUs.
    private static long hostCoreNanos() {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            var words = lines.findFirst().orElse("").split("\\s+");
            var ticks = 0L;
            for (var i : new int[] {1, 2, 3, 6, 7, 8}) {
                ticks += words.length > i ? Long.parseLong(words[i]) : 0;
            }
            return ticks * NANOS_PER_TICK;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    private Json.Obj pod(List<ContainerStats> containers) {
        var labels = containers.getFirst().labels();
        List<Json> items = containers.stream().<Json>map(this::container).toList();
        var nanos = 0L;
        var rate = 0L;
        var memory = 0L;
        for (var stats : containers) {
            var cpu = stats.usage().cpu();
            var used = stats.usage().memory();
            nanos += cpu == null ? 0 : cpu.coreNanos();
            rate += cpu == null ? 0 : sample(stats.id(), cpu).nanoCores();
            memory += used == null ? 0 : used.workingSetBytes();
        }
        var now = Json.of(clock.now().toString());
        return object(
                "podRef",
                object(
                        "name",
                        label(labels, ContainerMetadata.POD_NAME),
                        "namespace",
                        label(labels, ContainerMetadata.POD_NAMESPACE),
                        "uid",
                        label(labels, ContainerMetadata.POD_UID)),
                "containers",
                Json.array(items),
                "cpu",
                object(
                        "time",
                        now,
                        "usageNanoCores",
                        Json.of(rate),
                        "usageCoreNanoSeconds",
                        Json.of(nanos)),
                "memory",
                object("time", now, "workingSetBytes", Json.of(memory)));
    }

    private Json.Obj container(ContainerStats stats) {
        var result = object("name", label(stats.labels(), ContainerMetadata.CONTAINER_NAME));
        var cpu = stats.usage().cpu();
        if (cpu != null) {
            result = result.with("cpu", cpu(stats.id(), cpu));
        }
        var memory = stats.usage().memory();
        if (memory != null) {
            var usage = memory.usageBytes();
            result =
                    result.with(
                            "memory",
                            object(
                                    "time",
                                    Json.of(memory.at().toString()),
                                    "usageBytes",
                                    Json.of(usage == null ? memory.workingSetBytes() : usage),
                                    "workingSetBytes",
                                    Json.of(memory.workingSetBytes())));
        }
        return result;
    }

    private Json.Obj cpu(String id, Usage.Cpu cpu) {
        return object(
                "time",
                Json.of(cpu.at().toString()),
                "usageNanoCores",
                Json.of(sample(id, cpu).nanoCores()),
                "usageCoreNanoSeconds",
                Json.of(cpu.coreNanos()));
    }

    /// The rate since the last look, where the runtime does not tell it.
    private Sample sample(String id, Usage.Cpu cpu) {
        return samples.compute(id, (key, before) -> next(before, cpu));
    }

    private static Sample next(@Nullable Sample before, Usage.Cpu cpu) {
        if (cpu.nanoCores() != null) {
            return new Sample(cpu.at(), cpu.coreNanos(), cpu.nanoCores());
        }
        if (before == null) {
            return new Sample(cpu.at(), cpu.coreNanos(), 0);
        }
        var millis = Duration.between(before.at(), cpu.at()).toMillis();
        if (millis <= 0) {
            return before;
        }
        var rate = Math.max(0, cpu.coreNanos() - before.coreNanos()) * 1000 / millis;
        return new Sample(cpu.at(), cpu.coreNanos(), rate);
    }

    /// The resource metrics in Prometheus' text format.
    String metrics() {
        var seen = machine.get();
        var started = new LinkedHashMap<String, Instant>();
        runtime.containers(ContainerFilter.ALL)
                .forEach(container -> started.put(container.id(), container.createdAt()));
        return ResourceMetrics.of(
                hostCoreNanos() / 1e9,
                seen.memoryBytes() - seen.memoryAvailableBytes(),
                runtime.containerStats(ContainerFilter.ALL),
                started);
    }

    private static Json label(Map<String, String> labels, String name) {
        return Json.of(labels.getOrDefault(name, ""));
    }

    private static Json.Obj object(Object... namesAndValues) {
        var fields = new LinkedHashMap<String, Json>();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], (Json) namesAndValues[i + 1]);
        }
        return new Json.Obj(fields);
    }
}
