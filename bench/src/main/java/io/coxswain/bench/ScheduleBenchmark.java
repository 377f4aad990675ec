package io.coxswain.bench;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.coxswain.api.core.Node;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.ServiceAccount;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.base.Clock;
import io.coxswain.client.Client;
import io.coxswain.client.ListQuery;
import io.coxswain.client.Patch;
import io.coxswain.controllers.simulated.SimulatedNodes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Pods bound per second on a thousand nodes, from the first create to the last binding.
final class ScheduleBenchmark implements Benchmark {

    private static final int NODES = 1_000;
    private static final int WARM_UP = 1_000;
    private static final int PODS = 5_000;
    private static final Json READY =
            JsonReader.readObject(
                    """
                    {"status":{
                      "capacity":{"cpu":"4","memory":"8Gi","pods":"110"},
                      "allocatable":{"cpu":"4","memory":"8Gi","pods":"110"},
                      "conditions":[{"type":"Ready","status":"True","reason":"KubeletReady"}]}}
                    """
                            .getBytes(StandardCharsets.UTF_8));
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public List<Figure> run() throws Exception {
        try (var target = Target.controlPlane()) {
            awaitAccount(target.client());
            new Load(16, NODES).run(target, (client, i) -> addNode(client, "node-" + i));
            schedule(target, "warm", WARM_UP);
            var took = schedule(target, "pod", PODS);
            var bound = bound(target.client());
            Benchmark.check(bound.size() == WARM_UP + PODS, "bound: " + bound.size());
            var fullest =
                    bound.stream()
                            .collect(groupingBy(pod -> pod.spec().nodeName(), counting()))
                            .values()
                            .stream()
                            .mapToLong(Long::longValue)
                            .max()
                            .orElse(0);
            // A node has four CPUs and each pod asks for a tenth of one.
            Benchmark.check(fullest <= 40, "pods on one node: " + fullest);
            return List.of(
                    new Figure(
                            "pods bound on 1,000 nodes, creates included",
                            "%,.0f/s".formatted(PODS / (took.toNanos() / 1e9))),
                    new Figure(
                            "pods on the fullest node, of 6 on average", Long.toString(fullest)));
        }
    }

    private static Duration schedule(Target target, String prefix, int count) throws Exception {
        var client = target.client();
        var before = bound(client).size();
        var began = Clock.SYSTEM.nanos();
        new Load(16, count).run(target, (it, i) -> it.create(Objects.pod(prefix + "-" + i)));
        while (bound(client).size() < before + count) {
            var waited = Duration.ofNanos(Clock.SYSTEM.nanos() - began);
            Benchmark.check(waited.compareTo(PATIENCE) < 0, "pods wait for nodes");
            LockSupport.parkNanos(50_000_000);
        }
        return Duration.ofNanos(Clock.SYSTEM.nanos() - began);
    }

    private static List<Pod> bound(Client client) {
        return client.list(Pod.class, ListQuery.ALL.in("default").where("spec.nodeName!=")).items();
    }

    /// Whoever taints a node that is not ready yet may change it at the same time; a patch does not
    /// mind.
    private static void addNode(Client client, String name) {
        client.create(SimulatedNodes.node(name));
        client.patch(Node.class, "", name, Patch.merge(READY).on("status"));
    }

    private static void awaitAccount(Client client) {
        while (client.find(ServiceAccount.class, "default", "default") == null) {
            LockSupport.parkNanos(10_000_000);
        }
    }
}
