package io.coxswain.cluster.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.coxswain.cluster.store.Migration;
import io.coxswain.cluster.store.StoreChoice;
import io.coxswain.etcd.EtcdOptions;
import io.coxswain.etcd.local.LocalEtcd;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.disk.FileDisk;
import io.coxswain.storage.embedded.Backup;
import io.coxswain.storage.embedded.EmbeddedStore;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @Test
    void resourceVersionsOnlyGrowOnTheWayThereAndBack() throws Exception {
        var disk = new FileDisk(directory);
        long first;
        String uid;
        try (var plane = plane("one", StoreChoice.EMBEDDED)) {
            first = create(plane, "a");
            uid = read(plane, "a").metadata().uid();
        }
        try (var store = EmbeddedStore.open(directory.resolve("one/store"), Clock.SYSTEM)) {
            store.backup(disk, "there");
        }
        long second;
        try (var etcd = LocalEtcd.start(directory.resolve("etcd"), 1)) {
            var choice =
                    new StoreChoice.Etcd(EtcdOptions.of(etcd.servers()), UpstreamLayout.protobuf());
            Migration.restore(disk, "there", choice, Clock.SYSTEM);
            assertThatThrownBy(() -> Migration.restore(disk, "there", choice, Clock.SYSTEM))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is not empty");
            assertThat(etcd.ctl("get", "--print-value-only", "/registry/configmaps/default/a"))
                    .startsWith("k8s\0")
                    .contains(uid)
                    .doesNotContain("resourceVersion");

            try (var plane = plane("two", choice)) {
                second = create(plane, "b");
                assertThat(read(plane, "a").metadata().uid()).isEqualTo(uid);
            }
            assertThat(second).isGreaterThan(first);
            Migration.backup(choice, disk, "back", loops);
        }
        Files.createDirectories(directory.resolve("three/store"));
        Backup.restore(disk, "back", new FileDisk(directory.resolve("three/store")), Clock.SYSTEM);
        try (var plane = plane("three", StoreChoice.EMBEDDED)) {
            assertThat(read(plane, "a").metadata().uid()).isEqualTo(uid);
            assertThat(read(plane, "b").metadata().resourceVersion())
                    .isEqualTo(Long.toString(second));
            assertThat(create(plane, "c")).isGreaterThan(second);
        }
    }
}
