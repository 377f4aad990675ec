package io.coxswain.cluster.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Service;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who reaches whom: pods each other, Services by address and by name, the API server; the host a
/// node port and a host port.
@Tag("real")
class PodNetworkTest {

    /// One pod serves behind every sort of Service and on a port of the host; another one asks.
    private static final String PODS =
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: web, labels: {app: web}}
            spec:
              terminationGracePeriodSeconds: 1
              containers:
              - name: web
                image: localhost/coxswain/web:1
                ports: [{name: http, containerPort: 80, hostPort: 18080}]
                readinessProbe: {httpGet: {path: /, port: http}, periodSeconds: 1}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: client}
            spec:
              terminationGracePeriodSeconds: 0
              containers:
              - name: main
                image: localhost/coxswain/busybox:1
                command: [sleep, "3600"]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec:
              type: NodePort
              selector: {app: web}
              ports: [{port: 8000, targetPort: http, nodePort: 30081}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: headless}
            spec: {clusterIP: None, selector: {app: web}, ports: [{port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: nobody}
            spec: {selector: {app: nobody}, ports: [{port: 80}]}
            """;

    private static final String ANSWER = "coxswain web version 1 on web\n";

    @TempDir static Path home;

    private static Up up;

    @BeforeAll
    static void start() {
        up = Up.withNode(home);
        up.apply(PODS);
        up.kubectl("wait", "--for=condition=Ready", "pod/web", "pod/client", "--timeout=60s");
    }

    @AfterAll
    static void stop() {
        up.close();
    }

    @Test
    void aPodReachesAnotherByItsAddress() {
        assertThat(fetch("http://" + pod().status().podIP() + "/")).isEqualTo(ANSWER);
    }

    @Test
    void aPodReachesAServiceByItsAddress() {
        var service = up.client().get(Service.class, "default", "web");
        assertThat(fetch("http://" + service.spec().clusterIP() + ":8000/")).isEqualTo(ANSWER);
    }

    @Test
    void aPodReachesAServiceByItsNames() {
        var script =
                "for url in web:8000 web.default:8000 web.default.svc.cluster.local:8000 headless;"
                        + " do wget -q -O - http://$url/; done";
        assertThat(up.kubectl(inClient(script))).isEqualTo(ANSWER.repeat(4));
    }

    @Test
    void aPodReachesItselfThroughItsService() {
        var url = "http://web.default:8000/";
        assertThat(up.kubectl("exec", "web", "--", "timeout", "5", "wget", "-q", "-O", "-", url))
                .isEqualTo(ANSWER);
    }

    @Test
    void aServiceWithoutEndpointsRefusesAtOnce() {
        var result = up.tryKubectl(inClient("wget -q -O - http://nobody/"));

        // A host may have a route of its own for these addresses, which then speaks first.
        assertThat(result.errors()).containsPattern("Connection refused|No route to host");
    }

    @Test
    void aNameThatDoesNotExistIsSaidSo() {
        var result = up.tryKubectl(inClient("nslookup nowhere.default.svc.cluster.local."));

        assertThat(result.all()).contains("NXDOMAIN");
    }

    /// With nothing but what every pod finds mounted.
    @Test
    void aPodReachesTheApiServerWithItsToken() {
        var folder = "/var/run/secrets/kubernetes.io/serviceaccount";
        var script =
                "wget -q -O - --no-check-certificate --header \"Authorization: Bearer $(cat "
                        + folder
                        + "/token)\" https://kubernetes.default.svc/apis";

        assertThat(up.kubectl(inClient(script + "; cd " + folder + "; cat ca.crt namespace")))
                .contains("\"APIGroupList\"", "\"apps\"", "BEGIN CERTIFICATE")
                .endsWith("default");
    }

    @Test
    void theHostReachesANodePort() {
        assertThat(Program.fetch("127.0.0.1", 30081)).isEqualTo(ANSWER);
        assertThat(Program.fetch(pod().status().hostIP(), 30081)).isEqualTo(ANSWER);
    }

    @Test
    void theHostReachesAHostPort() {
        assertThat(Program.fetch("127.0.0.1", 18080)).isEqualTo(ANSWER);
        assertThat(Program.fetch(pod().status().hostIP(), 18080)).isEqualTo(ANSWER);
    }

    @Test
    void aPodReachesNodePortAndHostPort() {
        var host = pod().status().hostIP();
        var script = "for port in 30081 18080; do wget -q -O - http://" + host + ":$port/; done";
        assertThat(up.kubectl(inClient(script))).isEqualTo(ANSWER.repeat(2));
    }

    private static Pod pod() {
        return up.client().get(Pod.class, "default", "web");
    }

    private static String fetch(String url) {
        return up.kubectl(inClient("wget -q -O - " + url));
    }

    private static String[] inClient(String script) {
        return new String[] {"exec", "client", "--", "timeout", "10", "sh", "-c", script};
    }
}
