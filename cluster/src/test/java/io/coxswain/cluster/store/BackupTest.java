package io.coxswain.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.core.Namespace;
import io.coxswain.apiserver.User;
import io.coxswain.base.Clock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.client.Client;
import io.coxswain.client.fixture.Nouns;
import io.coxswain.cluster.ControlPlane;
import io.coxswain.cluster.Planes;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.disk.FileDisk;
import io.coxswain.storage.embedded.Backup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A backup of a running cluster, and a cluster from it.
class BackupTest {

    @TempDir Path directory;
    private final ThreadLoops loops = new ThreadLoops(Clock.SYSTEM);

    @AfterEach
    void stop() {
        loops.close();
    }

    private static Client admin(ControlPlane plane) {
        return plane.client(User.of("admin", User.MASTERS), "test");
    }

    private static Namespace namespace(String name) {
        return Planes.unsaved(Nouns.any(Namespace.class, name).build(), Namespace::metadata);
    }

    @Test
    void aClusterGoesOnFromItsBackup() throws IOException {
        long before;
        var disk = new FileDisk(directory);
        try (var plane = Planes.start(directory.resolve("old"), loops)) {
            var made = admin(plane).create(namespace("team"));
            before = Long.parseLong(made.metadata().resourceVersion());
            Files.write(directory.resolve("backup"), fetch(admin(plane)));
            assertThat(plane.client(User.of("bob"), "test").send(backup()).status()).isEqualTo(403);
        }
        assertThat(Backup.check(disk, "backup").revision()).isGreaterThanOrEqualTo(before);

        Backup.restore(disk, "backup", store("new"), Clock.SYSTEM);

        try (var plane = Planes.start(directory.resolve("new"), loops)) {
            assertThat(admin(plane).get(Namespace.class, "", "team")).isNotNull();
            var made = admin(plane).create(namespace("later"));
            assertThat(Long.parseLong(made.metadata().resourceVersion())).isGreaterThan(before);
        }
        assertThatThrownBy(() -> Backup.restore(disk, "backup", store("new"), Clock.SYSTEM))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is not empty");
    }

    @Test
    void aBackupThatIsCutShortIsNoticed() throws IOException {
        var disk = new FileDisk(directory);
        try (var plane = Planes.start(directory.resolve("old"), loops)) {
            var whole = fetch(admin(plane));
            Files.write(directory.resolve("backup"), Arrays.copyOf(whole, whole.length / 2));
        }

        assertThatThrownBy(() -> Backup.check(disk, "backup")).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> Backup.restore(disk, "backup", store("new"), Clock.SYSTEM))
                .isInstanceOf(StoreException.class);
    }

    private FileDisk store(String name) {
        try {
            return new FileDisk(Files.createDirectories(directory.resolve(name).resolve("store")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Request backup() {
        return Request.get(StoreEndpoint.BACKUP);
    }

    private static byte[] fetch(Client client) throws IOException {
        var bytes = new ByteArrayOutputStream();
        if (!(client.send(backup()) instanceof Response.Streaming streaming)) {
            throw new AssertionError("no backup");
        }
        streaming.producer().writeTo(new Collector(bytes));
        return bytes.toByteArray();
    }

    /// Keeps what is sent to it.
    private record Collector(ByteArrayOutputStream bytes) implements Response.Sink {
        @Override
        public void write(Payload frame) {
            bytes.writeBytes(frame.bytes());
        }

        @Override
        public void flush() {}

        @Override
        public void onClose(Runnable callback) {}
    }
}
