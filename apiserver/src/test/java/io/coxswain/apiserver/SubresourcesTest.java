package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubresourcesTest {

    private static final String DEFAULT = "/api/v1/namespaces/default";
    private static final String PODS = DEFAULT + "/pods";
    private static final String SERVICES = DEFAULT + "/services";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String BUDGETS = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";

    private final TestServer server = new TestServer();
    private final TestServer.Caller admin = server.admin();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void statusAndSpecAreWrittenApart() {
        pod("p");

        admin.merge(PODS + "/p", "{status: {phase: Running}}");
        assertThat(admin.get(PODS + "/p").at("status", "phase")).isEqualTo("Pending");

        var changed =
                admin.merge(
                        PODS + "/p/status",
                        "{metadata: {labels: {a: b}}, status: {phase: Running}}");
        assertThat(changed.at("status", "phase")).isEqualTo("Running");
        assertThat(admin.get(PODS + "/p/status").at("status", "phase")).isEqualTo("Running");
    }

    @Test
    void aBindingPutsAPodOnANodeOnce() {
        pod("p");

        var bound = admin.post(PODS + "/p/binding", "{target: {kind: Node, name: n1}}");
        var again = admin.post(PODS + "/p/binding", "{target: {kind: Node, name: n2}}");

        assertThat(bound.status()).isEqualTo(201);
        assertThat(admin.get(PODS + "/p").at("spec", "nodeName")).isEqualTo("n1");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.message()).contains("pod p is already assigned to node \"n1\"");
    }

    @Test
    void scaleShowsAndChangesTheReplicas() {
        admin.post(
                DEPLOYMENTS,
                "{metadata: {name: web}, spec: {replicas: 3, selector: {matchLabels: {app: web}},"
                        + " template: {metadata: {labels: {app: web}},"
                        + " spec: {containers: [{name: c, image: i}]}}}}");

        var scale = admin.get(DEPLOYMENTS + "/web/scale");
        var changed = admin.merge(DEPLOYMENTS + "/web/scale", "{spec: {replicas: 5}}");

        assertThat(scale.at("kind")).isEqualTo("Scale");
        assertThat(scale.at("spec", "replicas")).isEqualTo("3");
        assertThat(scale.at("status", "selector")).isEqualTo("app=web");
        assertThat(changed.at("spec", "replicas")).isEqualTo("5");
        assertThat(admin.get(DEPLOYMENTS + "/web").at("spec", "replicas")).isEqualTo("5");
        assertThat(admin.get(DEPLOYMENTS + "/web").at("metadata", "generation")).isEqualTo("2");
        assertThat(admin.merge(DEPLOYMENTS + "/web/scale", "{spec: {replicas: -1}}").status())
                .isEqualTo(422);
    }

    @Test
    void everyEvictionSpendsFromTheBudget() {
        for (var name : new String[] {"a", "b"}) {
            pod(name);
            admin.merge(PODS + "/" + name + "/status", "{status: {phase: Running}}");
        }
        admin.post(
                BUDGETS,
                "{metadata: {name: keep}, spec: {minAvailable: 1,"
                        + " selector: {matchLabels: {app: web}}}}");
        var refused = evict("a");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.at("details", "causes", "0", "reason")).isEqualTo("DisruptionBudget");

        admin.merge(
                BUDGETS + "/keep/status",
                "{status: {observedGeneration: 1, disruptionsAllowed: 1, currentHealthy: 2,"
                        + " desiredHealthy: 1, expectedPods: 2}}");

        assertThat(evict("a").status()).isEqualTo(201);
        assertThat(admin.get(BUDGETS + "/keep").at("status", "disruptionsAllowed")).isEqualTo("0");
        assertThat(evict("b").status()).isEqualTo(429);
    }

    @Test
    void aPodIsEvictedUnderOneBudgetAtMost() {
        pod("a");
        admin.merge(PODS + "/a/status", "{status: {phase: Running}}");
        for (var name : new String[] {"one", "two"}) {
            admin.post(
                    BUDGETS,
                    "{metadata: {name: %s}, spec: {selector: {matchLabels: {app: web}}}}"
                            .formatted(name));
        }

        var refused = evict("a");

        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.message()).contains("which the eviction subresource does not support");
    }

    @Test
    void aServiceGetsAnAddressOfItsOwn() {
        var seen = new HashSet<String>();
        for (var i = 0; i < 20; i++) {
            var made = admin.post(SERVICES, service("s" + i, "ClusterIP"));
            assertThat(made.at("spec", "clusterIP")).startsWith("10.96.0.");
            assertThat(seen.add(made.at("spec", "clusterIP"))).isTrue();
        }
        var taken = seen.iterator().next();

        var clash =
                admin.post(
                        SERVICES,
                        "{metadata: {name: x}, spec: {clusterIP: %s, ports: [{port: 80}]}}"
                                .formatted(taken));
        var outside =
                admin.post(
                        SERVICES,
                        "{metadata: {name: x}, spec: {clusterIP: 10.9.0.1, ports: [{port: 80}]}}");

        assertThat(clash.status()).isEqualTo(422);
        assertThat(clash.message()).contains("provided IP is already allocated");
        assertThat(outside.status()).isEqualTo(422);
    }

    @Test
    void anAddressIsFreeAgainWhenItsServiceIsGone() {
        var address = admin.post(SERVICES, service("a", "ClusterIP")).at("spec", "clusterIP");
        admin.delete(SERVICES + "/a");

        var next =
                admin.post(
                        SERVICES,
                        "{metadata: {name: b}, spec: {clusterIP: %s, ports: [{port: 80}]}}"
                                .formatted(address));

        assertThat(next.status()).isEqualTo(201);
    }

    @Test
    void aNodePortIsOfTheRangeAndTakenOnce() {
        var made = admin.post(SERVICES, service("a", "NodePort"));
        var port = made.at("spec", "ports", "0", "nodePort");

        var clash =
                admin.post(
                        SERVICES,
                        "{metadata: {name: b}, spec: {type: NodePort, ports: [{port: 80, nodePort: "
                                + port
                                + "}]}}");

        assertThat(Integer.parseInt(port)).isBetween(30000, 32767);
        assertThat(clash.status()).isEqualTo(422);
        assertThat(clash.message()).contains("provided port is already allocated");
    }

    @Test
    void aDryRunTakesNoAddress() {
        var shown = admin.post(SERVICES + "?dryRun=All", service("a", "ClusterIP"));
        var address = shown.at("spec", "clusterIP");

        var made =
                admin.post(
                        SERVICES,
                        "{metadata: {name: b}, spec: {clusterIP: %s, ports: [{port: 80}]}}"
                                .formatted(address));

        assertThat(made.status()).isEqualTo(201);
    }

    private Answer evict(String name) {
        return admin.post(PODS + "/" + name + "/eviction", "{metadata: {name: " + name + "}}");
    }

    private void pod(String name) {
        var made =
                admin.post(
                        PODS,
                        """
                        {metadata: {name: %s, labels: {app: web}},
                         spec: {containers: [{name: c, image: i}]}}
                        """
                                .formatted(name));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
    }

    private static String service(String name, String type) {
        return "{metadata: {name: %s}, spec: {type: %s, ports: [{port: 80}]}}"
                .formatted(name, type);
    }

    @Test
    void anEvictionNamesItsPod() {
        admin.post(PODS, "{metadata: {name: kept}, spec: {containers: [{name: c, image: i}]}}");

        var refused = admin.post(PODS + "/kept/eviction", "{metadata: {name: other}}");

        assertThat(refused.message())
                .isEqualTo("name in URL does not match name in Eviction object");
        assertThat(admin.get(PODS + "/kept").status()).isEqualTo(200);
    }
}
