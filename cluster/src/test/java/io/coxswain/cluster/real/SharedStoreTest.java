package io.coxswain.cluster.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.coordination.Lease;
import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Endpoints;
import io.coxswain.api.core.Namespace;
import io.coxswain.api.core.Service;
import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.base.Clock;
import io.coxswain.client.ApiClient;
import io.coxswain.client.Client;
import io.coxswain.client.ListQuery;
import io.coxswain.client.fixture.Nouns;
import io.coxswain.cluster.Planes;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three control planes on one etcd cluster of three members.
@Tag("real")
class SharedStoreTest {

    private static final int SERVERS = 3;
    private static final int WRITERS = 6;

    @TempDir Path directory;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> failed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean over = new AtomicBoolean();
    private SharedPlanes planes;

    @BeforeEach
    void start() throws IOException {
        planes = new SharedPlanes(directory, SERVERS);
    }

    @AfterEach
    void stop() {
        planes.close();
    }

    private Client admin(int server) {
        return planes.admin(server);
    }

    private static ConfigMap configMap(String namespace, String name) {
        return Planes.unsaved(
                Nouns.any(ConfigMap.class, name).in(namespace).build(), ConfigMap::metadata);
    }

    @Test
    void whatOneServerAcknowledgesTheOthersKnow() {
        for (var i = 0; i < 20; i++) {
            var namespace =
                    Planes.unsaved(
                            Nouns.any(Namespace.class, "team" + i).build(), Namespace::metadata);
            admin(i % SERVERS).create(namespace);
            // The second server must know the namespace, the third the object.
            var made = admin((i + 1) % SERVERS).create(configMap("team" + i, "c"));
            var read = admin((i + 2) % SERVERS).get(ConfigMap.class, "team" + i, "c");
            assertThat(read.metadata().uid()).isEqualTo(made.metadata().uid());
            var changed = Edit.with(read, ConfigMap::data, Map.of("i", "" + i));
            assertThat(admin(i % SERVERS).update(changed).data()).containsEntry("i", "" + i);
        }
    }

    @Test
    void serversAreRestartedOneByOneWithoutAFailedWrite() throws Exception {
        assertThat(serverAddresses()).containsExactly("192.0.2.1", "192.0.2.2", "192.0.2.3");
        var writers = load();
        for (var i = 0; i < SERVERS; i++) {
            Clock.SYSTEM.pause(Duration.ofMillis(500));
            planes.restart(i);
        }
        planes.etcd().kill(planes.etcd().leader());
        Clock.SYSTEM.pause(Duration.ofSeconds(3));
        end(writers);

        assertThat(failed).isEmpty();
        check();
        assertThat(serverAddresses()).containsExactly("192.0.2.1", "192.0.2.2", "192.0.2.3");
        planes.stop(2);
        assertThat(serverAddresses()).containsExactly("192.0.2.1", "192.0.2.2");
        awaitLeader();
    }

    /// The Lease that the last server has given up is taken by another.
    private void awaitLeader() {
        for (var i = 0; i < 100; i++) {
            var lease = admin(0).get(Lease.class, "kube-system", "kube-scheduler");
            var holder = lease.spec().holderIdentity();
            if (holder != null && !holder.isEmpty()) {
                return;
            }
            Clock.SYSTEM.pause(Duration.ofMillis(100));
        }
        throw new AssertionError("nobody leads the scheduler");
    }

    private List<String> serverAddresses() {
        var endpoints = admin(0).get(Endpoints.class, "default", "kubernetes");
        var slice = admin(0).get(EndpointSlice.class, "default", "kubernetes");
        var addresses =
                endpoints.subsets().getFirst().addresses().stream()
                        .map(Endpoints.EndpointAddress::ip)
                        .toList();
        assertThat(slice.endpoints()).hasSize(addresses.size());
        return addresses;
    }

    @Test
    void noClusterAddressIsGivenOutTwice() throws Exception {
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < 30; i++) {
            var number = i;
            threads.add(Thread.ofVirtual().start(() -> service(number)));
        }
        for (var thread : threads) {
            thread.join(Duration.ofSeconds(30));
        }

        var addresses = new HashSet<String>();
        var ports = new HashSet<Integer>();
        for (var service : admin(0).list(Service.class, ListQuery.ALL).items()) {
            assertThat(addresses.add(service.spec().clusterIP())).isTrue();
            service.spec().ports().stream()
                    .filter(port -> port.nodePort() != 0)
                    .forEach(port -> assertThat(ports.add(port.nodePort())).isTrue());
        }
        assertThat(addresses).hasSize(31);
    }

    private void service(int number) {
        var json =
                """
                {"apiVersion":"v1","kind":"Service","metadata":{"name":"s%d","namespace":"default"},
                 "spec":{"type":"NodePort","ports":[{"port":80,"nodePort":0}]}}
                """
                        .formatted(number);
        var post =
                Request.of("POST", "/api/v1/namespaces/default/services")
                        .withBody(
                                "application/json",
                                Payload.of(json.getBytes(StandardCharsets.UTF_8)));
        assertThat(admin(number % SERVERS).send(post).status()).isEqualTo(201);
    }

    private List<Thread> load() {
        var writers = new ArrayList<Thread>();
        for (var w = 0; w < WRITERS; w++) {
            var writer = w;
            writers.add(Thread.ofVirtual().start(() -> write(writer)));
        }
        return writers;
    }

    private void write(int writer) {
        try (var transport = planes.transport(writer % SERVERS)) {
            var client = new ApiClient(transport, "test");
            for (var i = 0; !over.get(); i++) {
                var name = "w" + writer + "-" + i;
                try {
                    client.create(configMap("default", name));
                    acknowledged.add(name);
                } catch (UncheckedIOException | ApiError e) {
                    failed.add(name + ": " + e);
                }
            }
        }
    }

    private void end(List<Thread> writers) throws InterruptedException {
        over.set(true);
        for (var writer : writers) {
            writer.join(Duration.ofSeconds(40));
        }
    }

    private void check() {
        System.out.printf("%d writes acknowledged%n", acknowledged.size());
        assertThat(acknowledged).hasSizeGreaterThan(100);
        for (var server = 0; server < SERVERS; server++) {
            var stored = new HashSet<String>();
            admin(server)
                    .list(ConfigMap.class, ListQuery.ALL)
                    .items()
                    .forEach(object -> {
                        if (object.metadata().namespace().equals("default")) {
                            stored.add(object.metadata().name());
                        }
                    });
            assertThat(stored).containsAll(acknowledged);
            stored.removeAll(acknowledged);
            stored.remove("kube-root-ca.crt");
            assertThat(stored).isEqualTo(Collections.emptySet());
        }
    }
}
