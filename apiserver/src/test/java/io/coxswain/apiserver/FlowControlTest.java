package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What priority and fairness shows of itself through the API, and the figures of `/metrics`.
class FlowControlTest {

    private static final String SCHEMAS = "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas";
    private static final String LEVELS =
            "/apis/flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations";

    private final TestServer server = new TestServer();
    private final TestServer.Caller admin = server.admin();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theStandardSchemasAndLevelsAreThere() {
        assertThat(admin.get(SCHEMAS + "/exempt").at("spec", "matchingPrecedence")).isEqualTo("1");
        assertThat(admin.get(LEVELS + "/catch-all").at("spec", "limited", "limitResponse", "type"))
                .isEqualTo("Reject");
    }

    @Test
    void answersOverTheNetworkNameTheirSchemaAndLevel() {
        var answer = server.remote("letmein").get("/version");

        assertThat(answer.headers().first("x-kubernetes-pf-flowschema-uid"))
                .isEqualTo(admin.get(SCHEMAS + "/global-default").at("metadata", "uid"));
        assertThat(answer.headers().first("x-kubernetes-pf-prioritylevel-uid"))
                .isEqualTo(admin.get(LEVELS + "/global-default").at("metadata", "uid"));
    }

    @Test
    void requestsAreCounted() {
        admin.get("/api/v1/namespaces/default");
        admin.get("/api/v1/namespaces/none");

        var metrics = admin.get("/metrics").text();

        assertThat(metrics)
                .contains("apiserver_request_total{code=\"404\",component=\"apiserver\"")
                .contains(
                        "resource=\"namespaces\",scope=\"resource\",subresource=\"\",verb=\"GET\"")
                .contains("apiserver_request_duration_seconds_bucket")
                .contains("apiserver_storage_objects{resource=\"namespaces\"} 4")
                .contains("apiserver_flowcontrol_nominal_limit_seats{priority_level=\"system\"}")
                .contains("process_start_time_seconds");
    }

    @Test
    void metricsAreNotForEverybody() {
        assertThat(server.stranger().get("/metrics").status()).isEqualTo(403);
        assertThat(server.stranger().get("/debug/pprof/goroutine").status()).isEqualTo(403);
    }
}
