package io.coxswain.kubelet;

import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Service;
import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.base.Loops;
import io.coxswain.base.Loops.Running;
import io.coxswain.client.Client;
import io.coxswain.client.Informer;
import io.coxswain.client.Informers;
import io.coxswain.client.ListQuery;
import io.coxswain.http.Handler;
import io.coxswain.kubelet.containers.ClientObjects;
import io.coxswain.kubelet.containers.ContainerResources;
import io.coxswain.kubelet.containers.NodeFacts;
import io.coxswain.kubelet.containers.NodePodResources;
import io.coxswain.kubelet.containers.PodConfigs;
import io.coxswain.kubelet.containers.PodFields;
import io.coxswain.kubelet.containers.PullSecrets;
import io.coxswain.kubelet.containers.RoomForPods;
import io.coxswain.kubelet.containers.TerminationMessages;
import io.coxswain.kubelet.events.EventRecorder;
import io.coxswain.kubelet.hostports.HostPorts;
import io.coxswain.kubelet.housekeeping.DeadContainers;
import io.coxswain.kubelet.housekeeping.EmptyDirLimits;
import io.coxswain.kubelet.housekeeping.Leftovers;
import io.coxswain.kubelet.housekeeping.LogRotation;
import io.coxswain.kubelet.housekeeping.UnusedImages;
import io.coxswain.kubelet.pod.ImagePuller;
import io.coxswain.kubelet.pod.PodEvents;
import io.coxswain.kubelet.pods.PodRuntimeState;
import io.coxswain.kubelet.pods.PodTools;
import io.coxswain.kubelet.pods.PodWorkers;
import io.coxswain.kubelet.pods.RuntimeStates;
import io.coxswain.kubelet.pods.StatusWriter;
import io.coxswain.kubelet.probes.HookRunner;
import io.coxswain.kubelet.probes.NodeProber;
import io.coxswain.kubelet.probes.NodeProbes;
import io.coxswain.kubelet.registration.Machine;
import io.coxswain.kubelet.registration.NodeLease;
import io.coxswain.kubelet.registration.NodeRegistration;
import io.coxswain.kubelet.registration.NodeStatuses;
import io.coxswain.kubelet.registration.NodeView;
import io.coxswain.kubelet.runtime.ContainerRuntime;
import io.coxswain.kubelet.runtime.ContainerRuntimeException;
import io.coxswain.kubelet.server.ClientNames;
import io.coxswain.kubelet.server.ContainerCommands;
import io.coxswain.kubelet.server.ContainerLogs;
import io.coxswain.kubelet.server.NodePods;
import io.coxswain.kubelet.server.NodeServer;
import io.coxswain.kubelet.server.NodeStats;
import io.coxswain.kubelet.volumes.ClientTokens;
import io.coxswain.kubelet.volumes.VolumeTools;
import io.coxswain.kubelet.volumes.Volumes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The node agent: everything that turns one machine into a node of a cluster.
///
/// Nothing is kept that could not be found again: stopping it, or killing its process, leaves pods
/// running, and the next kubelet on the same directory and runtime goes on where it was.
public final class Kubelet {

    private static final Duration SYNC_POLL = Duration.ofMillis(50);

    private final KubeletConfiguration config;
    private final Loops loops;
    private final Clock clock;
    private final ContainerRuntime runtime;
    private final Supplier<Machine> machine;
    private final NodeFacts facts;
    private final Informer<Pod> pods;
    private final Informer<Service> services;
    private final EventRecorder events;
    private final RuntimeStates states;
    private final NodePodResources resources;
    private final NodeProbes probes;
    private final HostPorts ports;
    private final PodWorkers workers;
    private final NodeRegistration registration;
    private final NodeLease lease;
    private final List<Running> running = new ArrayList<>();

    public Kubelet(
            KubeletConfiguration config,
            Client client,
            Informers informers,
            NodeEdges edges,
            Loops loops) {
        this.config = config;
        this.loops = loops;
        this.clock = loops.clock();
        this.runtime = edges.runtime();
        var root = Path.of(config.rootDirectory());
        this.machine = () -> Machine.read(root);
        this.facts = facts(config, machine.get());
        var mine = ListQuery.ALL.where("spec.nodeName=" + config.nodeName());
        this.pods = informers.of(Pod.class, mine);

        this.services = informers.of(Service.class);
        var objects = new ClientObjects(client, services, clock);
        var tools =
                new VolumeTools(
                        objects,
                        objects,
                        new PodFields(facts),
                        new ContainerResources(facts),
                        new ClientTokens(client, clock),
                        edges.mounts());
        var volumes = new Volumes(facts, tools);
        this.events = new EventRecorder(client, config.nodeName(), clock);
        var podEvents = new PodEvents(events);
        this.states =
                new RuntimeStates(
                        runtime,
                        new TerminationMessages(),
                        clock,
                        Duration.ofMillis(config.relistPeriodMillis()));
        this.resources = new NodePodResources(facts, volumes, edges.cgroups(), podEvents, clock);
        this.probes = new NodeProbes(loops, new NodeProber(runtime), podEvents);
        this.ports = new HostPorts(edges.ports(), this::addresses, clock);
        var images = new ImagePuller(runtime.images(), new PullSecrets(objects), podEvents, clock);
        this.workers =
                new PodWorkers(
                        new PodTools(
                                loops,
                                runtime,
                                states,
                                new PodConfigs(facts, runtime, edges.cgroups(), objects, volumes),
                                resources,
                                images,
                                new HookRunner(runtime, this::podIp),
                                probes,
                                podEvents,
                                new StatusWriter(client),
                                new RoomForPods(facts.allocatable()),
                                ports,
                                config.nodeIps()),
                        pods);
        this.registration = new NodeRegistration(config, client, this::look, events, clock);
        this.lease =
                new NodeLease(client, config.nodeName(), config.nodeLeaseDurationSeconds(), clock);
    }

    private static NodeFacts facts(KubeletConfiguration config, Machine seen) {
        return new NodeFacts(
                config.nodeName(),
                Path.of(config.rootDirectory()),
                Path.of(config.podLogsDir()),
                config.nodeIps(),
                config.clusterDNS(),
                config.clusterDomain(),
                Path.of(config.resolvConf()),
                NodeStatuses.allocatable(config, seen),
                seen.memoryBytes());
    }

    /// The kubelet API, to be served over HTTPS with client certificates.
    public Handler server() {
        return new NodeServer(
                new PodsOfNode(),
                new ClientNames(config.serverNames()),
                new ContainerLogs(new PodsOfNode(), clock),
                new ContainerCommands(runtime),
                new NodeStats(config.nodeName(), runtime, machine, clock));
    }

    /// Starts all loops. Pods are looked after as soon as it is known which there are.
    public void start() {
        var recorder = begin("events", events);
        events.onEvent(recorder::wake);
        begin("relist containers", states);
        begin("node", registration);
        begin("node lease", lease);
        begin("first list of pods", this::startWorkers);
    }

    private Loop.Next startWorkers() {
        if (!pods.synced() || !services.synced() || states.lastListed() == null) {
            return Loop.Next.in(clock, SYNC_POLL);
        }
        probes.onChange(workers::wake);
        workers.start();
        begin("host ports", ports);
        begin(
                "rotate logs",
                new LogRotation(
                        runtime,
                        clock,
                        config.containerLogMaxSizeBytes(),
                        config.containerLogMaxFiles()));
        begin("remove dead containers", new DeadContainers(runtime, clock));
        begin(
                "remove leftovers",
                new Leftovers(facts, runtime, states, resources, workers::knows, clock));
        begin(
                "remove unused images",
                new UnusedImages(
                        runtime,
                        machine,
                        clock,
                        config.imageGCHighThresholdPercent(),
                        config.imageGCLowThresholdPercent()));
        begin("limit emptyDir volumes", new EmptyDirLimits(facts, workers, clock));
        return Loop.Next.DONE;
    }

    private Running begin(String name, Loop loop) {
        var started = loops.start("kubelet " + config.nodeName() + ": " + name, loop);
        synchronized (running) {
            running.add(started);
        }
        return started;
    }

    /// Stops looking after pods; they run on.
    public void stop() {
        List<Running> all;
        synchronized (running) {
            all = List.copyOf(running);
            running.clear();
        }
        all.forEach(Running::stop);
        workers.stop();
    }

    private String podIp(Pod pod) {
        var sandbox = states.of(pod.uid()).activeSandbox();
        return sandbox == null || sandbox.ips().isEmpty()
                ? pod.status().hostIP()
                : sandbox.ips().getFirst();
    }

    private Map<Pod, List<String>> addresses() {
        var addresses = new HashMap<Pod, List<String>>();
        for (var pod : workers.pods()) {
            var sandbox = states.of(pod.uid()).activeSandbox();
            if (sandbox != null) {
                addresses.put(pod, sandbox.ips());
            }
        }
        return addresses;
    }

    private NodeView look() {
        try {
            return new NodeView(
                    machine.get(),
                    runtime.status(),
                    runtime.version().url(),
                    runtime.images().list(),
                    states.lastListed());
        } catch (ContainerRuntimeException e) {
            return new NodeView(machine.get(), null, "", List.of(), states.lastListed());
        }
    }

    private final class PodsOfNode implements NodePods {
        @Override
        public List<Pod> all() {
            return workers.pods();
        }

        @Override
        public @Nullable Pod find(String namespace, String name) {
            return workers.find(namespace, name);
        }

        @Override
        public PodRuntimeState state(String uid) {
            return states.refresh(uid);
        }
    }
}
