package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// APIServices: those of this server's own groups, and those that other servers should answer.
class AggregationTest {

    private static final String SERVICES = "/apis/apiregistration.k8s.io/v1/apiservices";

    private final TestServer server = new TestServer();
    private final TestServer.Caller admin = server.admin();

    @AfterEach
    void close() {
        server.close();
    }

    private void register() {
        admin.post(
                SERVICES,
                """
                metadata: {name: v1.x.example}
                spec: {group: x.example, version: v1, groupPriorityMinimum: 100,
                       versionPriority: 10, insecureSkipTLSVerify: true,
                       service: {namespace: default, name: backend}}
                """);
    }

    @Test
    void theServersOwnGroupsAreLocalAndAvailable() {
        var apps = admin.get(SERVICES + "/v1.apps");

        assertThat(apps.at("spec", "groupPriorityMinimum")).isEqualTo("17800");
        assertThat(apps.at("status", "conditions", "0", "reason")).isEqualTo("Local");
        assertThat(admin.get(SERVICES + "/v1.").status()).isEqualTo(200);
    }

    @Test
    void aGroupWhoseServerIsNotThereIsUnavailable() {
        register();
        server.settle();

        assertThat(admin.get("/apis/x.example/v1/things").status()).isEqualTo(503);
        var condition = admin.get(SERVICES + "/v1.x.example");
        assertThat(condition.at("status", "conditions", "0", "reason"))
                .isEqualTo("ServiceNotFound");
        assertThat(condition.at("status", "conditions", "0", "message"))
                .isEqualTo("service/backend in \"default\" is not present");
    }

    @Test
    void whatMayNotBeAskedIsRefusedBeforeTheOtherServerIsAsked() {
        register();

        assertThat(server.as("bob").get("/apis/x.example/v1/things").status()).isEqualTo(403);
    }
}
