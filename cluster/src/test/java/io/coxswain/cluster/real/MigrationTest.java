package io.coxswain.cluster.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.layout.UpstreamLayout;
import io.coxswain.base.Clock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.client.fixture.Nouns;
import io.coxswain.cluster.ControlPlane;
import io.coxswain.cluster.ControlPlaneConfiguration;
import io.coxswain.cluster.ControlPlaneConfiguration.Addresses;
import io.coxswain.cluster.DataDirectory;
import io.coxswain.cluster.Pki;
import io.coxswain.cluster.Planes;
import io.coxswain.cluster.store.StoreChoice;
import io.coxswain.etcd.EtcdOptions;
import io.coxswain.etcd.local.LocalEtcd;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cluster that moves from the embedded store to etcd and back.
@Tag("real")
class MigrationTest {

    @TempDir Path directory;
    private final ThreadLoops loops = new ThreadLoops(Clock.SYSTEM);

    @AfterEach
    void stop() {
        loops.close();
    }

    private ControlPlane plane(String name, StoreChoice store) {
        var data = DataDirectory.open(directory.resolve(name));
        var configuration =
                ControlPlaneConfiguration.standard(Addresses.local(0)).alone().withStore(store);
        var pki = Pki.open(data.pki(), Clock.SYSTEM);
        return ControlPlane.start(configuration, pki, data, loops, Planes.quiet());
    }

    /// Returns the resource version.
    private static long create(ControlPlane plane, String name) {
        var object =
                Planes.unsaved(
                        Nouns.any(ConfigMap.class, name).in("default").build(),
                        ConfigMap::metadata);
        var client = plane.client(User.of("admin", User.MASTERS), "test");
        return Long.parseLong(client.create(object).metadata().resourceVersion());
    }

    private static ConfigMap read(ControlPlane plane, String name) {
        return plane.client(User.of("admin", User.MASTERS), "test")
                .get(ConfigMap.class, "default", name);
    }

    /// As an operator types it: [Program] is the program itself.
    private String cox(int exitCode, String... words) {
        var command = new ArrayList<>(List.of(Program.cox()));
        command.addAll(List.of(words));
        var result = Program.run(Map.of(), command);
        assertThat(result.exitCode()).as(result.all()).isEqualTo(exitCode);
        return result.all();
    }

    private String dataDir(String name) {
        return "--data-dir=" + directory.resolve(name);
    }

    @Test
    void resourceVersionsOnlyGrowOnTheWayThereAndBack() throws Exception {
        var there = directory.resolve("there").toString();
        var back = directory.resolve("back").toString();
        long first;
        String uid;
        try (var plane = plane("one", StoreChoice.EMBEDDED)) {
            first = create(plane, "a");
            uid = read(plane, "a").metadata().uid();
        }
        assertThat(cox(0, "store", "verify", dataDir("one"))).contains("The store is sound.");
        cox(0, "backup", there, dataDir("one"));
        assertThat(cox(0, "store", "verify", there)).contains("The backup is sound");
        long second;
        try (var etcd = LocalEtcd.start(directory.resolve("etcd"), 1)) {
            var servers = "--etcd-servers=" + etcd.servers().getFirst();
            cox(0, "restore", there, "--store=etcd", servers);
            assertThat(cox(1, "restore", there, "--store=etcd", servers)).contains("is not empty");
            assertThat(etcd.ctl("get", "--print-value-only", "/registry/configmaps/default/a"))
                    .startsWith("k8s\0")
                    .contains(uid)
                    .doesNotContain("resourceVersion");

            var choice =
                    new StoreChoice.Etcd(EtcdOptions.of(etcd.servers()), UpstreamLayout.protobuf());
            try (var plane = plane("two", choice)) {
                second = create(plane, "b");
                assertThat(read(plane, "a").metadata().uid()).isEqualTo(uid);
            }
            assertThat(second).isGreaterThan(first);
            cox(0, "backup", back, "--store=etcd", servers);
        }
        cox(0, "restore", back, dataDir("three"));
        assertThat(cox(1, "restore", back, dataDir("three"))).contains("holds a store already");
        try (var plane = plane("three", StoreChoice.EMBEDDED)) {
            assertThat(read(plane, "a").metadata().uid()).isEqualTo(uid);
            assertThat(read(plane, "b").metadata().resourceVersion())
                    .isEqualTo(Long.toString(second));
            assertThat(create(plane, "c")).isGreaterThan(second);
        }
    }
}
