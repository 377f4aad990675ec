package io.coxswain.testkit;

import io.coxswain.api.core.Event;
import io.coxswain.api.core.Pod;
import io.coxswain.api.schema.Resource;
import io.coxswain.apiserver.ApiServer;
import io.coxswain.apiserver.ApiServerConfiguration;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.services.AddressRange;
import io.coxswain.base.ManualClock;
import io.coxswain.base.SimulatedLoops;
import io.coxswain.base.tls.CertificateAuthority;
import io.coxswain.client.ApiClient;
import io.coxswain.client.Client;
import io.coxswain.client.Informers;
import io.coxswain.client.ListQuery;
import io.coxswain.client.informer.SharedInformers;
import io.coxswain.client.runtime.ControllerRuntime;
import io.coxswain.controllers.ControllerManager;
import io.coxswain.controllers.Controllers;
import io.coxswain.controllers.Identities;
import io.coxswain.controllers.simulated.SimulatedNodes;
import io.coxswain.http.DirectClient;
import io.coxswain.http.Peer;
import io.coxswain.scheduler.Scheduler;
import io.coxswain.scheduler.SchedulerConfiguration;
import io.coxswain.storage.embedded.EmbeddedStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;

/// A cluster in this JVM. Nothing in it happens by itself: [#settle] and [#advance] run its parts
/// on the caller's thread until none has anything to do. For one thread at a time.
public final class TestCluster implements AutoCloseable {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /// An address of the range for documentation: nobody connects to it.
    private static final String ADVERTISED = "192.0.2.1";

    /// Nothing in one JVM speaks TLS, so there is no authority to trust.
    private static final String NO_CERTIFICATES = "";

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final ManualClock clock = new ManualClock(START);
    private final Random random;
    private final SimulatedLoops loops;
    private final ApiServer apiServer;
    private final Client client;
    private final Informers informers;

    private TestCluster(long seed) {
        this.random = new Random(seed);
        this.loops = keep(new SimulatedLoops(clock, seed));
        var store = keep(EmbeddedStore.inMemory(clock));
        loops.start("store-upkeep", store.upkeep());
        this.apiServer =
                keep(
                        new ApiServer(
                                configuration(),
                                store,
                                node -> {
                                    throw new IllegalStateException("a simulated node: " + node);
                                },
                                clock,
                                random));
        apiServer.start(loops);
        this.client = client(User.of("kubernetes-admin", User.MASTERS, User.AUTHENTICATED), "test");
        this.informers = keep(new SharedInformers(client, loops, random));
        startControllers();
        startScheduler();
        startNodes();
        settle();
    }

    /// A cluster without nodes. The same seed and the same calls give the same run.
    public static TestCluster start(long seed) {
        return new TestCluster(seed);
    }

    /// The client of an administrator.
    public Client client() {
        return client;
    }

    /// A client that acts as `user`, in `groups`.
    public Client client(String user, String... groups) {
        return client(User.of(user, groups), "test");
    }

    /// Copies of the cluster's objects for whoever is tested here, on the cluster's loops.
    public Informers informers() {
        return informers;
    }

    /// What drives every part of this cluster; controllers under test run on it too.
    public SimulatedLoops loops() {
        return loops;
    }

    public Instant now() {
        return clock.now();
    }

    /// Applies manifests, as `kubectl apply --server-side` does. Throws
    /// [io.coxswain.api.schema.ApiError] for the first that is refused.
    public TestCluster apply(String yaml) {
        new Manifests(client).apply(yaml);
        return this;
    }

    /// Creates what manifests describe, as `kubectl create` does.
    public TestCluster create(String yaml) {
        new Manifests(client).create(yaml);
        return this;
    }

    /// Runs every part until none has anything to do now.
    public TestCluster settle() {
        loops.settle();
        return this;
    }

    /// Lets time pass, with everything that happens in it.
    public TestCluster advance(Duration span) {
        loops.advance(span);
        return this;
    }

    /// Adds simulated nodes `node-1`, `node-2` and so on, and settles.
    public TestCluster addNodes(int count) {
        for (var i = 1; i <= count; i++) {
            client.create(SimulatedNodes.node("node-" + i));
        }
        return settle();
    }

    public <T extends Resource> T get(Class<T> type, String name) {
        return client.get(type, "default", name);
    }

    /// The objects of a kind in namespace `default` that a label selector selects, in name order.
    public <T extends Resource> List<T> list(Class<T> type, String labels) {
        return client.list(type, ListQuery.ALL.in("default").labelled(labels)).items();
    }

    /// How many pods in namespace `default` are ready and not being deleted.
    public int readyPods(String labels) {
        return (int) list(Pod.class, labels).stream().filter(TestCluster::serves).count();
    }

    /// What events say about an object, oldest first, as `Reason: message`.
    public List<String> events(String name) {
        return client.list(Event.class, ListQuery.ALL).items().stream()
                .filter(event -> event.involvedObject().name().equals(name))
                .map(event -> event.reason() + ": " + event.message())
                .toList();
    }

    /// The lowest value of `measure` from now on, looked at after every change of any pod.
    public Lowest lowestSeen(IntSupplier measure) {
        var lowest = new Lowest(measure);
        informers.of(Pod.class).onChange((before, after) -> lowest.look());
        settle();
        return lowest;
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception fault) {
                throw new IllegalStateException("the cluster did not stop cleanly", fault);
            }
        }
    }

    private static boolean serves(Pod pod) {
        return !pod.deleting()
                && pod.status().conditions().stream()
                        .anyMatch(it -> it.type().equals("Ready") && it.status().equals("True"));
    }

    private static ApiServerConfiguration configuration() {
        return new ApiServerConfiguration(
                ADVERTISED,
                6443,
                AddressRange.parse("10.96.0.0/12"),
                false,
                null,
                CertificateAuthority.keyPair(),
                "https://kubernetes.default.svc.cluster.local");
    }

    private Client client(User user, String component) {
        return new ApiClient(new DirectClient(apiServer, Peer.inProcess(user)), component);
    }

    private void startControllers() {
        var own = client(component("kube-controller-manager"), "kube-controller-manager");
        var shared = keep(new SharedInformers(own, loops, random));

        var all = Controllers.with(NO_CERTIFICATES);
        keep(new ControllerManager(this::controller, shared, loops, all)).start();
    }

    private void startScheduler() {
        var own = client(component("kube-scheduler"), "kube-scheduler");
        var shared = keep(new SharedInformers(own, loops, random));
        keep(new Scheduler(SchedulerConfiguration.DEFAULT, own, shared, loops, random)).start();
    }

    private void startNodes() {
        SimulatedNodes.grant(client);
        var own = client(User.of(SimulatedNodes.USER, User.AUTHENTICATED), "kubelet");
        var shared = keep(new SharedInformers(own, loops, random));
        keep(new ControllerRuntime(own, shared, loops)).start(SimulatedNodes.ALL);
    }

    private static User component(String name) {
        return User.of("system:" + name, User.AUTHENTICATED);
    }

    /// Every controller acts as its own service account, as in a real cluster.
    private Client controller(String account) {
        var groups = Identities.groups().toArray(String[]::new);
        return client(User.of(Identities.user(account), groups), account);
    }

    private <T extends AutoCloseable> T keep(T part) {
        running.push(part);
        return part;
    }

    /// The lowest value of something that was looked at again and again.
    public static final class Lowest {
        private final IntSupplier measure;
        private int value;

        private Lowest(IntSupplier measure) {
            this.measure = measure;
            this.value = measure.getAsInt();
        }

        public int value() {
            return value;
        }

        private void look() {
            value = Math.min(value, measure.getAsInt());
        }
    }
}
