package io.coxswain.cluster.real;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Pod.ContainerStatus;
import io.coxswain.api.json.Json;
import io.coxswain.client.ListQuery;
import io.coxswain.client.WatchStream;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of the whole process while the guestbook runs, and `cox up` again.
@Tag("real")
class CrashTest {

    private static final ListQuery GUESTBOOK = ListQuery.ALL.in("guestbook");

    /// What nobody writes to by itself while nothing happens.
    private static final List<String> STEADY =
            List.of(
                    "/api/v1/namespaces/guestbook/configmaps",
                    "/api/v1/namespaces/guestbook/secrets",
                    "/api/v1/namespaces/guestbook/services",
                    "/api/v1/namespaces/guestbook/serviceaccounts",
                    "/api/v1/namespaces/guestbook/pods",
                    "/apis/apps/v1/namespaces/guestbook/deployments",
                    "/apis/apps/v1/namespaces/guestbook/replicasets",
                    "/apis/discovery.k8s.io/v1/namespaces/guestbook/endpointslices",
                    "/apis/rbac.authorization.k8s.io/v1/clusterroles",
                    "/api/v1/namespaces");

    @TempDir static Path home;

    private static Up up;

    @BeforeAll
    static void start() {
        up = Up.withNode(home);
        up.kubectl("apply", "-f", Program.example("guestbook.yaml").toString());
        for (var name : List.of("frontend", "backend")) {
            up.kubectl("-n", "guestbook", "rollout", "status", "deployment/" + name);
        }
    }

    @AfterAll
    static void stop() {
        up.close();
    }

    @Test
    void everythingGoesOnWhereItWas() {
        var objects = objects();
        var containers = containers();
        try (var maps = new Followed<>(up.client(), ConfigMap.class, GUESTBOOK)) {
            up.kubectl("-n", "guestbook", "create", "configmap", "first");
            maps.until("the first one", all -> named(all, "first"));
            // Nobody takes this event before the crash: it has to come after it.
            up.kubectl("-n", "guestbook", "create", "configmap", "second");

            up.kill();

            assertThat(shims()).hasSize(4);
            assertThat(Program.fetch("127.0.0.1", 30080)).startsWith("coxswain web version 1");
            up.start();

            maps.resume(up.client());
            up.kubectl("-n", "guestbook", "create", "configmap", "third");
            maps.until("the third one", all -> named(all, "third"));
            assertThat(maps.events().stream().filter(one -> one.type() == WatchStream.Type.ADDED))
                    .extracting(one -> requireNonNull(one.object()).name())
                    .containsExactly("first", "second", "third");
        }
        for (var name : List.of("first", "second", "third")) {
            up.kubectl("-n", "guestbook", "delete", "configmap", name);
        }
        assertThat(containers()).isEqualTo(containers);
        assertThat(difference(objects, objects())).isEmpty();
        assertThat(up.log()).doesNotContain("images built and imported");
        up.kubectl("-n", "guestbook", "scale", "deployment/frontend", "--replicas=4");
        up.kubectl("-n", "guestbook", "rollout", "status", "deployment/frontend", "--timeout=60s");
        assertThat(containers()).containsAllEntriesOf(containers).hasSize(5);
    }

    private static boolean named(Followed<ConfigMap> maps, String name) {
        return maps.all().anyMatch(map -> map.name().equals(name));
    }

    private static <T> Set<T> difference(Set<T> one, Set<T> other) {
        var all = new TreeSet<>(one);
        all.addAll(other);
        all.removeIf(value -> one.contains(value) && other.contains(value));
        return all;
    }

    /// Every object's path and resourceVersion.
    private static Set<String> objects() {
        var found = new TreeSet<String>();
        for (var path : STEADY) {
            for (var item :
                    up.client().json(Request.get(path).withQuery(Query.EMPTY)).items("items")) {
                if (item instanceof Json.Obj object) {
                    var meta = object.object("metadata");
                    found.add(
                            path + "/" + meta.text("name") + " at " + meta.text("resourceVersion"));
                }
            }
        }
        return found;
    }

    /// Every container's id and how often it was restarted.
    private static Map<String, Integer> containers() {
        var found = new TreeMap<String, Integer>();
        up.client().list(Pod.class, GUESTBOOK).items().stream()
                .flatMap(pod -> pod.status().containerStatuses().stream())
                .forEach((ContainerStatus one) -> found.put(one.containerID(), one.restartCount()));
        return found;
    }

    /// The processes that hold the containers of a pod each.
    private static List<String> shims() {
        return HostState.processes().stream()
                .filter(line -> line.contains("containerd-shim") && line.contains(home.toString()))
                .toList();
    }
}
