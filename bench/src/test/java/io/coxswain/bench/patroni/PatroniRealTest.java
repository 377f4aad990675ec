package io.coxswain.bench.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.base.Clock;
import io.coxswain.bench.DebianPackages;
import io.coxswain.bench.Folder;
import io.coxswain.bench.linear.Server;
import io.coxswain.etcd.local.LocalEtcd;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Three members, whose leader is killed again and again, and whose API server is killed as well.
/// No row that was committed is lost, and no two lead at once.
@Tag("long")
class PatroniRealTest {

    private static final int LEADERS_KILLED = 2;
    private static final Duration FAIL_OVER_MAX = Duration.ofMinutes(2);

    private static final String[] PACKAGES = {
        "patroni",
        "python3-cdiff",
        "python3-colorama",
        "python3-click",
        "python3-dateutil",
        "python3-wcwidth",
        "python3-prettytable",
        "python3-psutil",
        "python3-urllib3",
        "python3-six",
        "python3-yaml",
        "python3-psycopg2",
        "python3-pkg-resources",
        "libpq5",
        "python3-certifi"
    };

    private final List<PatroniMember> members = new ArrayList<>();
    private final Set<Integer> committed = new TreeSet<>();
    private int next;

    @Test
    void patroniKeepsOneLeaderAndEveryRowWhileLeadersAndTheServerAreKilled() throws Exception {
        var folder = folder();
        survive(folder, new Server(folder));
    }

    @Test
    void soItDoesOnEtcd() throws Exception {
        var folder = folder();
        try (var place = Folder.temporary("cox-patroni-etcd");
                var etcd = LocalEtcd.start(place.path(), 3)) {
            survive(folder, new Server(folder, etcd.servers()));
        }
    }

    private static Path folder() throws IOException {
        var folder = Files.createTempDirectory("cox-patroni");
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void survive(Path folder, Server server) throws Exception {
        var packages = DebianPackages.fetch(PACKAGES);
        var programs = programs();
        try (server) {
            var api = URI.create(server.uri());
            for (var i = 0; i < 3; i++) {
                pod(api, "pg-" + i);
                var home = folder.resolve("pg-" + i);
                members.add(
                        new PatroniMember(
                                unprivileged(packages, folder), home, programs, "pg-" + i, api));
            }
            survive(server);
        } catch (AssertionError | Exception fault) {
            for (var member : members) {
                System.out.println(member.name() + ": " + member.log());
            }
            throw fault;
        } finally {
            for (var member : members) {
                member.kill();
            }
            new Folder(folder).close();
        }
    }

    private void survive(Server server) throws IOException {
        PatroniMember.await("everyone runs", FAIL_OVER_MAX, () -> inStep(3));
        leader().sql("CREATE TABLE kept (number int PRIMARY KEY)");
        write(50);
        for (var round = 0; round < LEADERS_KILLED; round++) {
            var old = leader();
            old.kill();
            PatroniMember.await(
                    "another leads than " + old.name(),
                    FAIL_OVER_MAX,
                    () -> leaders().stream().anyMatch(it -> !it.equals(old)));
            assertThat(leaders()).hasSize(1);
            old.start();
            write(50);
            PatroniMember.await("the old leader follows", FAIL_OVER_MAX, () -> inStep(3));
        }
        var before = leader();
        server.restart();
        write(50);
        PatroniMember.await("they go on after the server's end", FAIL_OVER_MAX, () -> inStep(3));
        assertThat(leader()).isEqualTo(before);
        assertThat(rows(leader())).containsAll(committed);
        assertThat(committed).hasSizeGreaterThan(150);
    }

    /// So many run, and there is one leader and one who has all of its writes.
    private boolean inStep(int count) {
        assertThat(leaders()).hasSizeLessThan(2);
        return members.stream().filter(PatroniMember::runs).count() == count
                && leaders().size() == 1
                && members.stream().anyMatch(PatroniMember::followsInStep);
    }

    private List<PatroniMember> leaders() {
        return members.stream().filter(PatroniMember::leads).toList();
    }

    private PatroniMember leader() {
        PatroniMember.await("someone leads", FAIL_OVER_MAX, () -> leaders().size() == 1);
        return leaders().getFirst();
    }

    private void write(int rows) {
        for (var i = 0; i < rows; i++) {
            var number = next++;
            try {
                leader().sql("INSERT INTO kept VALUES (" + number + ")");
                committed.add(number);
            } catch (IOException notCommitted) {
                Clock.SYSTEM.pause(Duration.ofMillis(200));
            }
        }
    }

    private static Set<Integer> rows(PatroniMember member) throws IOException {
        var rows = new TreeSet<Integer>();
        member.sql("SELECT number FROM kept")
                .lines()
                .forEach(line -> rows.add(Integer.parseInt(line.strip())));
        return rows;
    }

    /// The unpacked packages where a user without rights can read them.
    private static DebianPackages unprivileged(DebianPackages packages, Path folder)
            throws IOException, InterruptedException {
        var copy = folder.resolve("packages");
        if (!Files.exists(copy)) {
            var copying =
                    new ProcessBuilder("cp", "-r", packages.root().toString(), copy.toString());
            assertThat(copying.inheritIO().start().waitFor()).isZero();
        }
        return new DebianPackages(copy);
    }

    private static Path programs() throws IOException {
        try (var versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.exists(bin.resolve("postgres")))
                    .findFirst()
                    .orElseThrow(() -> new IOException("PostgreSQL is not installed"));
        }
    }

    /// Patroni keeps what it says about a member in the member's Pod.
    private static void pod(URI api, String name) throws IOException, InterruptedException {
        var body =
                """
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","labels":
                {"application":"patroni","cluster-name":"demo"}},"spec":{"automountServiceAccountToken":
                false,"containers":[{"name":"postgres","image":"localhost/postgres"}]}}
                """
                        .formatted(name);
        var path = api.resolve("/api/v1/namespaces/default/");
        post(path.resolve("serviceaccounts"), SERVICE_ACCOUNT);
        assertThat(post(path.resolve("pods"), body)).isEqualTo(201);
    }

    private static final String SERVICE_ACCOUNT =
            """
            {"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"default"}}
            """;

    private static int post(URI uri, String body) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(uri)
                            .header("content-type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        }
    }
}
