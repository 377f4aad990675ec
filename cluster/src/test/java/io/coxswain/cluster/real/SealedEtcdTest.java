package io.coxswain.cluster.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.apiserver.User;
import io.coxswain.apiserver.admission.AdmissionSettings;
import io.coxswain.apiserver.layout.UpstreamLayout;
import io.coxswain.base.Clock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.cluster.ControlPlane;
import io.coxswain.cluster.Planes;
import io.coxswain.cluster.Protection;
import io.coxswain.cluster.store.Migration;
import io.coxswain.cluster.store.StoreChoice;
import io.coxswain.etcd.EtcdOptions;
import io.coxswain.etcd.local.LocalEtcd;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.disk.FileDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Secrets in etcd that are encrypted there, as upstream encrypts them.
@Tag("real")
class SealedEtcdTest {

    private static final String SECRETS = "/api/v1/namespaces/default/secrets";
    private static final String CANARY = "Y2FuYXJ5LWluLXRoZS1jb2FsbWluZQ==";
    private static final String PLAIN = "canary-in-the-coalmine";
    private static final String KEY =
            "{name: %1$s, secret: %1$sByZWFsbHkgc2VjcmV0IGtleSBmb3IgdGhlIHRlc3Q=}";

    @TempDir Path directory;
    private LocalEtcd etcd;
    private StoreChoice.Etcd choice;

    @BeforeEach
    void start() {
        etcd = LocalEtcd.start(directory.resolve("etcd"), 1);
        choice = new StoreChoice.Etcd(EtcdOptions.of(etcd.servers()), UpstreamLayout.protobuf());
    }

    @AfterEach
    void stop() {
        etcd.close();
    }

    /// The first key seals, all of them open.
    private ControlPlane plane(ThreadLoops loops, String... keys) throws IOException {
        var file = directory.resolve("encryption.yaml");
        var all = List.of(keys).stream().map(KEY::formatted).collect(Collectors.joining(", "));
        Files.writeString(
                file,
                """
                apiVersion: apiserver.config.k8s.io/v1
                kind: EncryptionConfiguration
                resources:
                - resources: [secrets]
                  providers:
                  - aesgcm: {keys: [%s]}
                  - identity: {}
                """
                        .formatted(all));
        var protection = new Protection(file, false, AdmissionSettings.DEFAULT);
        return Planes.start(directory.resolve("data"), loops, protection, choice);
    }

    @Test
    void aSecretIsSealedMovesToTheNextKeyAndIsReadThroughout() throws IOException {
        String first;
        try (var loops = new ThreadLoops(Clock.SYSTEM);
                var plane = plane(loops, "k1")) {
            first = send(plane, "POST", SECRETS);
            assertThat(first).contains(CANARY);
            assertThat(stored()).startsWith("k8s:enc:aesgcm:v1:k1:").doesNotContain(PLAIN);
            assertThat(revision(send(plane, "PUT", SECRETS + "/a"))).isEqualTo(revision(first));
        }
        try (var loops = new ThreadLoops(Clock.SYSTEM);
                var plane = plane(loops, "k2", "k1")) {
            assertThat(send(plane, "GET", SECRETS + "/a")).contains(CANARY);
            // Nothing changes but the key that it is kept under.
            var moved = send(plane, "PUT", SECRETS + "/a");

            assertThat(revision(moved)).isNotEqualTo(revision(first));
            assertThat(stored()).startsWith("k8s:enc:aesgcm:v1:k2:").doesNotContain(PLAIN);
            assertThat(revision(send(plane, "PUT", SECRETS + "/a"))).isEqualTo(revision(moved));
        }
        try (var loops = new ThreadLoops(Clock.SYSTEM);
                var plane = plane(loops, "k2")) {
            assertThat(send(plane, "GET", SECRETS + "/a")).contains(CANARY);
        }
    }

    @Test
    void aBackupThatWouldMissWhatIsEncryptedIsRefused() throws IOException {
        try (var loops = new ThreadLoops(Clock.SYSTEM);
                var plane = plane(loops, "k1")) {
            send(plane, "POST", SECRETS);

            assertThatThrownBy(() -> Migration.backup(choice, new FileDisk(directory), "b", loops))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("cannot be read, such as secrets/default/a");
        }
    }

    private String stored() throws IOException {
        return etcd.ctl("get", "--print-value-only", "/registry/secrets/default/a");
    }

    private static String revision(String object) {
        return object.replaceAll("(?s).*\"resourceVersion\":\"(\\d+)\".*", "$1");
    }

    private static String send(ControlPlane plane, String method, String path) {
        var body =
                "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"a\"},"
                        + "\"data\":{\"k\":\"%s\"}}".formatted(CANARY);
        var request = Request.of(method, path);
        var client = plane.client(User.of("admin", User.MASTERS), "test");
        var answer =
                client.send(
                        method.equals("GET")
                                ? request
                                : request.withBody("application/json", Payload.of(body)));
        return ((Response.Full) answer).body().text();
    }
}
