package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeletionTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String PODS = "/api/v1/namespaces/default/pods";

    private final TestServer server = new TestServer();
    private final TestServer.Caller admin = server.admin();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void anObjectWithoutFinalizersGoesAtOnce() {
        admin.post(MAPS, "{metadata: {name: a}}");

        var gone = admin.delete(MAPS + "/a");

        assertThat(gone.status()).isEqualTo(200);
        assertThat(gone.at("kind")).isEqualTo("Status");
        assertThat(gone.at("status")).isEqualTo("Success");
        assertThat(admin.get(MAPS + "/a").status()).isEqualTo(404);
        assertThat(admin.delete(MAPS + "/a").status()).isEqualTo(404);
    }

    @Test
    void finalizersHoldAnObjectUntilTheLastIsGone() {
        admin.post(MAPS, "{metadata: {name: a, finalizers: [x.example/one, x.example/two]}}");

        var marked = admin.delete(MAPS + "/a");
        admin.merge(MAPS + "/a", "{metadata: {finalizers: [x.example/two]}}");

        assertThat(marked.at("metadata", "deletionTimestamp")).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(admin.get(MAPS + "/a").status()).isEqualTo(200);
        var again = admin.post(MAPS, "{metadata: {name: a}}");
        assertThat(again.message()).startsWith("object is being deleted: ");

        admin.merge(MAPS + "/a", "{metadata: {finalizers: null}}");
        assertThat(admin.get(MAPS + "/a").status()).isEqualTo(404);
    }

    @Test
    void noFinalizerIsAddedToWhatIsBeingDeleted() {
        admin.post(MAPS, "{metadata: {name: a, finalizers: [x.example/one]}}");
        admin.delete(MAPS + "/a");

        var late =
                admin.merge(MAPS + "/a", "{metadata: {finalizers: [x.example/one, y.example/z]}}");

        assertThat(late.status()).isEqualTo(422);
        assertThat(late.message())
                .contains("no new finalizers can be added if the object is being deleted");
    }

    @Test
    void preconditionsGuardADeletion() {
        var made = admin.post(MAPS, "{metadata: {name: a}}");

        var uid = admin.delete(MAPS + "/a", "{preconditions: {uid: other}}");
        var revision = admin.delete(MAPS + "/a", "{preconditions: {resourceVersion: \"1\"}}");

        assertThat(uid.status()).isEqualTo(409);
        assertThat(uid.message())
                .isEqualTo(
                        "Operation cannot be fulfilled on ConfigMap \"a\": the UID in the"
                                + " precondition (other) does not match the UID in record ("
                                + made.at("metadata", "uid")
                                + "). The object might have been deleted and then recreated");
        assertThat(revision.status()).isEqualTo(409);
        assertThat(
                        admin.delete(
                                        MAPS + "/a",
                                        "{preconditions: {uid: %s}}"
                                                .formatted(made.at("metadata", "uid")))
                                .status())
                .isEqualTo(200);
    }

    @Test
    void propagationBecomesAFinalizer() {
        admin.post(MAPS, "{metadata: {name: a}}");

        var marked = admin.delete(MAPS + "/a", "{propagationPolicy: Foreground}");

        assertThat(marked.at("metadata", "finalizers")).isEqualTo("[\"foregroundDeletion\"]");
        assertThat(admin.delete(MAPS + "/a?propagationPolicy=Sideways").status()).isEqualTo(422);
    }

    @Test
    void optionsThatCannotBeReadAreTheClientsFault() {
        admin.post(MAPS, "{metadata: {name: a}}");

        assertThat(admin.delete(MAPS + "/a?gracePeriodSeconds=soon").status()).isEqualTo(400);
        assertThat(admin.send("DELETE", MAPS + "/a", "application/json", "{").status())
                .isEqualTo(400);
        assertThat(admin.get(MAPS + "/a").status()).isEqualTo(200);
    }

    @Test
    void aPodOnANodeGoesWhenItsKubeletSaysSo() {
        admin.post(
                PODS,
                "{metadata: {name: p}, spec: {nodeName: n1, containers: [{name: c, image: i}]}}");

        var marked = admin.delete(PODS + "/p");
        var sooner = admin.delete(PODS + "/p?gracePeriodSeconds=5");

        assertThat(marked.at("metadata", "deletionGracePeriodSeconds")).isEqualTo("30");
        assertThat(marked.at("metadata", "deletionTimestamp")).isEqualTo("2026-01-01T00:00:30Z");
        assertThat(sooner.at("metadata", "deletionGracePeriodSeconds")).isEqualTo("5");

        assertThat(admin.delete(PODS + "/p?gracePeriodSeconds=0").status()).isEqualTo(200);
        assertThat(admin.get(PODS + "/p").status()).isEqualTo(404);
    }

    @Test
    void aPodWithoutANodeGoesAtOnce() {
        admin.post(PODS, "{metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}");

        var gone = admin.delete(PODS + "/p");

        assertThat(gone.at("kind")).isEqualTo("Pod");
        assertThat(admin.get(PODS + "/p").status()).isEqualTo(404);
    }

    @Test
    void aCollectionIsDeletedByItsSelector() {
        for (var name : new String[] {"a", "b", "c"}) {
            var app = name.equals("c") ? "db" : "web";
            admin.post(MAPS, "{metadata: {name: %s, labels: {app: %s}}}".formatted(name, app));
        }

        var gone = admin.delete(MAPS + "?labelSelector=app%3Dweb");

        assertThat(gone.status()).isEqualTo(200);
        assertThat(gone.at("kind")).isEqualTo("ConfigMapList");
        assertThat(admin.get(MAPS).names()).containsExactly("c");
    }

    @Test
    void aNamespaceClosesBeforeItGoes() {
        admin.post("/api/v1/namespaces", "{metadata: {name: team}}");

        var closing = admin.delete("/api/v1/namespaces/team");
        var late = admin.post("/api/v1/namespaces/team/configmaps", "{metadata: {name: a}}");

        assertThat(closing.at("status", "phase")).isEqualTo("Terminating");
        assertThat(late.status()).isEqualTo(403);
        assertThat(late.message())
                .isEqualTo(
                        "configmaps \"a\" is forbidden: unable to create new content in namespace"
                                + " team because it is being terminated");
        assertThat(late.at("details", "causes", "0", "reason")).isEqualTo("NamespaceTerminating");

        admin.put(
                "/api/v1/namespaces/team/finalize",
                "{metadata: {name: team}, spec: {finalizers: []}}");
        assertThat(admin.get("/api/v1/namespaces/team").status()).isEqualTo(404);
    }

    @Test
    void nothingIsCreatedWhereThereIsNoNamespace() {
        var refused = admin.post("/api/v1/namespaces/none/configmaps", "{metadata: {name: a}}");

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.message()).isEqualTo("namespaces \"none\" not found");
    }

    @Test
    void systemNamespacesStay() {
        for (var name : new String[] {"default", "kube-system", "kube-public"}) {
            var refused = admin.delete("/api/v1/namespaces/" + name);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.message())
                    .isEqualTo(
                            "namespaces \""
                                    + name
                                    + "\" is forbidden: this namespace may not be deleted");
        }
    }
}
