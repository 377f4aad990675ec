package io.coxswain.testkit;

import static io.coxswain.client.fixture.Nouns.any;
import static io.coxswain.client.fixture.Nouns.deployment;
import static io.coxswain.client.fixture.Nouns.node;
import static io.coxswain.client.fixture.Nouns.pod;
import static io.coxswain.client.fixture.Nouns.selector;
import static io.coxswain.client.fixture.Nouns.template;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.apps.DaemonSet;
import io.coxswain.api.apps.DaemonSet.DaemonSetSpec;
import io.coxswain.api.apps.Deployment;
import io.coxswain.api.apps.ReplicaSet;
import io.coxswain.api.apps.StatefulSet;
import io.coxswain.api.apps.StatefulSet.StatefulSetSpec;
import io.coxswain.api.batch.Job;
import io.coxswain.api.batch.JobSpec;
import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Event;
import io.coxswain.api.core.Namespace;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.PodTemplateSpec;
import io.coxswain.api.core.Service;
import io.coxswain.api.core.Service.ServicePort;
import io.coxswain.api.core.Service.ServiceSpec;
import io.coxswain.api.core.ServiceAccount;
import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.api.schema.RecordType;
import io.coxswain.api.schema.Resource;
import io.coxswain.apiserver.ApiServer;
import io.coxswain.apiserver.ApiServerConfiguration;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.services.AddressRange;
import io.coxswain.base.Clock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.base.tls.CertificateAuthority;
import io.coxswain.client.ApiClient;
import io.coxswain.client.ListQuery;
import io.coxswain.client.informer.SharedInformers;
import io.coxswain.controllers.ControllerManager;
import io.coxswain.controllers.Controllers;
import io.coxswain.http.DirectClient;
import io.coxswain.http.Peer;
import io.coxswain.storage.embedded.EmbeddedStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The controllers against the real API server in this process, on threads and the wall clock.
@Tag("real")
class ControllersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final ThreadLoops loops = new ThreadLoops(Clock.SYSTEM);
    private final EmbeddedStore store = EmbeddedStore.inMemory(Clock.SYSTEM);
    private final ApiServer server =
            new ApiServer(
                    new ApiServerConfiguration(
                            "192.0.2.1",
                            6443,
                            AddressRange.parse("10.96.0.0/12"),
                            false,
                            null,
                            CertificateAuthority.keyPair(),
                            "https://kubernetes.default.svc.cluster.local"),
                    store,
                    node -> {
                        throw new IllegalStateException("no nodes here");
                    },
                    Clock.SYSTEM,
                    new Random(1));
    private final ApiClient client =
            new ApiClient(
                    new DirectClient(
                            server,
                            Peer.inProcess(User.of("admin", User.MASTERS, User.AUTHENTICATED))),
                    "kube-controller-manager/test");
    private final SharedInformers informers = new SharedInformers(client, loops, new Random(1));
    private final ControllerManager manager =
            new ControllerManager(client, informers, loops, Controllers.with("certificate"));

    @BeforeEach
    void start() {
        server.start(loops);
        manager.start();
        awaiting(
                "the default service account",
                () -> client.find(ServiceAccount.class, "default", "default") != null);
    }

    @AfterEach
    void stop() {
        manager.close();
        informers.close();
        loops.close();
        server.close();
        store.close();
    }

    @Test
    void aDeploymentBecomesPodsAndGoesWithThem() {
        client.create(fresh(deployment("web").replicas(3).build()));
        awaiting("three pods", () -> count(Pod.class) == 3);
        awaiting(
                "the status",
                () ->
                        client.get(Deployment.class, "default", "web")
                                        .status()
                                        .unavailableReplicas()
                                == 3);
        assertThat(client.list(Event.class, ListQuery.ALL.in("default")).items())
                .extracting(Event::reason)
                .contains("ScalingReplicaSet", "SuccessfulCreate");

        client.delete(Deployment.class, "default", "web", options(null));

        awaiting("no replica sets", () -> count(ReplicaSet.class) == 0);
        awaiting("no pods", () -> count(Pod.class) == 0);
    }

    @Test
    void foregroundDeletionTakesTheDependentsFirst() {
        client.create(fresh(deployment("web").replicas(2).build()));
        awaiting("two pods", () -> count(Pod.class) == 2);

        client.delete(Deployment.class, "default", "web", options("Foreground"));

        awaiting(
                "nothing is left",
                () ->
                        count(Deployment.class) == 0
                                && count(ReplicaSet.class) == 0
                                && count(Pod.class) == 0);
    }

    @Test
    void orphansStay() {
        client.create(fresh(deployment("web").replicas(1).build()));
        awaiting("a pod", () -> count(Pod.class) == 1);

        client.delete(Deployment.class, "default", "web", options("Orphan"));

        awaiting("no deployment", () -> count(Deployment.class) == 0);
        var set = client.list(ReplicaSet.class, ListQuery.ALL.in("default")).items().getFirst();
        assertThat(set.metadata().ownerReferences()).isEmpty();
        assertThat(count(Pod.class)).isEqualTo(1);
    }

    @Test
    void aNamespaceGetsWhatItNeedsAndGoesWithAllThatIsInIt() {
        client.create(fresh(any(Namespace.class, "team").build()));
        awaiting(
                "its certificate",
                () -> client.find(ConfigMap.class, "team", "kube-root-ca.crt") != null);
        client.create(fresh(deployment("web").in("team").replicas(2).build()));
        awaiting(
                "two pods",
                () -> client.list(Pod.class, ListQuery.ALL.in("team")).items().size() == 2);

        client.delete(Namespace.class, "", "team", options(null));

        awaiting("no namespace", () -> client.find(Namespace.class, "", "team") == null);
        assertThat(client.list(ConfigMap.class, ListQuery.ALL.in("team")).items()).isEmpty();
    }

    @Test
    void aJobIsCompleteWhenItsPodsHaveSucceeded() {
        client.create(
                fresh(
                        any(Job.class, "pi")
                                .set(
                                        Job::spec,
                                        Edit.of(JobSpec.class)
                                                .set(JobSpec::completions, 2)
                                                .set(JobSpec::parallelism, 2)
                                                .set(JobSpec::template, once(template("app", "pi")))
                                                .done())
                                .build()));
        awaiting("two pods", () -> count(Pod.class) == 2);

        client.list(Pod.class, ListQuery.ALL.in("default")).items().forEach(this::succeed);

        awaiting(
                "completion",
                () -> {
                    var status = client.get(Job.class, "default", "pi").status();
                    return status.succeeded() == 2 && status.completionTime() != null;
                });
        assertThat(client.list(Pod.class, ListQuery.ALL.in("default")).items())
                .allSatisfy(pod -> assertThat(pod.metadata().finalizers()).isEmpty());
    }

    @Test
    void everyNodeGetsItsDaemonAndAServiceShowsIt() {
        client.create(fresh(node("n1").build()));
        client.create(
                fresh(
                        any(DaemonSet.class, "agent")
                                .set(
                                        DaemonSet::spec,
                                        Edit.of(DaemonSetSpec.class)
                                                .set(
                                                        DaemonSetSpec::selector,
                                                        selector("app", "agent"))
                                                .set(
                                                        DaemonSetSpec::template,
                                                        template("app", "agent"))
                                                .done())
                                .build()));
        client.create(
                fresh(
                        any(Service.class, "agent")
                                .set(
                                        Service::spec,
                                        Edit.of(ServiceSpec.class)
                                                .set(ServiceSpec::selector, Map.of("app", "agent"))
                                                .set(
                                                        ServiceSpec::ports,
                                                        List.of(
                                                                new ServicePort(
                                                                        "",
                                                                        "TCP",
                                                                        null,
                                                                        80,
                                                                        IntOrString.of(8080),
                                                                        0)))
                                                .done())
                                .build()));
        awaiting("a pod", () -> count(Pod.class) == 1);

        var pod = client.list(Pod.class, ListQuery.ALL.in("default")).items().getFirst();
        client.updateStatus(
                pod("x").ready()
                        .ip("10.244.0.7")
                        .with(ready -> new Pod(pod.metadata(), pod.spec(), ready.status()))
                        .build());

        awaiting(
                "an endpoint",
                () ->
                        client
                                .list(EndpointSlice.class, ListQuery.ALL.in("default"))
                                .items()
                                .stream()
                                .flatMap(slice -> slice.endpoints().stream())
                                .anyMatch(it -> it.addresses().contains("10.244.0.7")));
        awaiting(
                "the status",
                () -> client.get(DaemonSet.class, "default", "agent").status().numberReady() == 1);
    }

    @Test
    void aStatefulSetStartsItsPodsInOrder() {
        client.create(
                fresh(
                        any(StatefulSet.class, "db")
                                .set(
                                        StatefulSet::spec,
                                        Edit.of(StatefulSetSpec.class)
                                                .set(StatefulSetSpec::replicas, 2)
                                                .set(StatefulSetSpec::serviceName, "db")
                                                .set(
                                                        StatefulSetSpec::selector,
                                                        selector("app", "db"))
                                                .set(
                                                        StatefulSetSpec::template,
                                                        template("app", "db"))
                                                .done())
                                .build()));
        awaiting("db-0", () -> client.find(Pod.class, "default", "db-0") != null);
        assertThat(client.find(Pod.class, "default", "db-1")).isNull();

        var first = client.get(Pod.class, "default", "db-0");
        client.updateStatus(
                pod("x").ready()
                        .with(ready -> new Pod(first.metadata(), first.spec(), ready.status()))
                        .build());

        awaiting("db-1", () -> client.find(Pod.class, "default", "db-1") != null);
    }

    private void succeed(Pod pod) {
        client.updateStatus(
                pod("x").phase("Succeeded")
                        .with(done -> new Pod(pod.metadata(), pod.spec(), done.status()))
                        .build());
    }

    private static PodTemplateSpec once(PodTemplateSpec template) {
        return new PodTemplateSpec(
                template.metadata(), Edit.with(template.spec(), PodSpec::restartPolicy, "Never"));
    }

    private <T extends Resource> int count(Class<T> type) {
        return client.list(type, ListQuery.ALL.in("default")).items().size();
    }

    private static DeleteOptions options(@Nullable String propagation) {
        return Edit.of(DeleteOptions.class)
                .set(DeleteOptions::propagationPolicy, propagation)
                .done();
    }

    /// The object as a user would send it.
    private static <T extends Resource> T fresh(T object) {
        @SuppressWarnings("unchecked")
        var type = RecordType.of((Class<T>) object.getClass());
        var values = type.values(object);
        values[type.component("metadata").index()] =
                Edit.of(object.metadata())
                        .set(ObjectMeta::uid, "")
                        .set(ObjectMeta::resourceVersion, "")
                        .set(ObjectMeta::creationTimestamp, null)
                        .set(ObjectMeta::generation, 0L)
                        .done();
        return type.create(values);
    }

    private static void awaiting(String what, BooleanSupplier condition) {
        var end = Clock.SYSTEM.nanos() + PATIENCE.toNanos();
        while (!holds(condition)) {
            assertThat(Clock.SYSTEM.nanos()).as("time left for %s", what).isLessThan(end);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (ApiError error) {
            return false;
        }
    }
}
