package io.coxswain.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.schema.Errors;
import io.coxswain.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiscoveryTest {

    private static Discovery discovered(Map<String, String> answers) {
        return Discovery.of(request -> answer(answers, request));
    }

    private static Json.Obj answer(Map<String, String> answers, Request request) {
        var answer = answers.get(request.path());
        if (answer == null) {
            throw Errors.of(503, "ServiceUnavailable", "down", null);
        }
        return JsonReader.readObject(answer.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anAggregatedAnswerTellsEverything() {
        var discovery =
                discovered(
                        Map.of(
                                "/api",
                                "{\"kind\":\"APIGroupDiscoveryList\",\"items\":[]}",
                                "/apis",
                                """
                                {"kind":"APIGroupDiscoveryList","items":[{"metadata":{"name":"apps"},
                                "versions":[{"version":"v1","resources":[{"resource":"deployments",
                                "responseKind":{"kind":"Deployment"},"scope":"Namespaced",
                                "verbs":["get","list"],"subresources":[{"subresource":"scale",
                                "responseKind":{"kind":"Scale"},"verbs":["get"]}]}]},
                                {"version":"v1beta1","freshness":"Stale","resources":[
                                {"resource":"deployments","responseKind":{"kind":"Deployment"},
                                "scope":"Namespaced"}]}]}]}\
                                """));

        assertThat(discovery.groupVersions()).containsExactly("apps/v1", "apps/v1beta1");
        assertThat(discovery.failed()).containsExactly("apps/v1beta1");
        assertThat(discovery.all()).hasSize(2);
        assertThat(discovery.resources()).hasSize(1);
        var resource = discovery.resources().getFirst();
        assertThat(resource.kind().apiVersion()).isEqualTo("apps/v1");
        assertThat(resource.kind().namespaced()).isTrue();
        assertThat(resource.can("get", "list")).isTrue();
        assertThat(resource.subresources().getFirst().kind()).isEqualTo("Scale");
    }

    @Test
    void anOlderServerIsAskedGroupByGroupAndADeadGroupHidesNoOther() {
        var discovery =
                discovered(
                        Map.of(
                                "/api",
                                "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}",
                                "/api/v1",
                                """
                                {"resources":[{"name":"pods","kind":"Pod","namespaced":true,
                                "verbs":["get"]},{"name":"pods/log","kind":"Pod","verbs":["get"]}]}\
                                """,
                                "/apis",
                                """
                                {"kind":"APIGroupList","groups":[{"name":"dead",
                                "versions":[{"version":"v1"}],
                                "preferredVersion":{"version":"v1"}}]}\
                                """));

        assertThat(discovery.failed()).containsExactly("dead/v1");
        assertThat(discovery.resources()).hasSize(1);
        assertThat(discovery.resources().getFirst().subresources().getFirst().name())
                .isEqualTo("log");
    }
}
