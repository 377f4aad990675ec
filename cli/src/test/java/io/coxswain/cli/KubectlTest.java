package io.coxswain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.base.ManualClock;
import io.coxswain.http.DirectClient;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KubectlTest {

    private static final String CORE =
            """
            {"kind":"APIGroupDiscoveryList","items":[{"metadata":{"name":""},"versions":[
            {"version":"v1","resources":[{"resource":"pods","responseKind":{"kind":"Pod"},
            "scope":"Namespaced","singularResource":"pod","verbs":["get","list"],
            "shortNames":["po"],"categories":["all"]}]}]}]}\
            """;
    private static final String GROUPS =
            """
            {"kind":"APIGroupDiscoveryList","items":[{"metadata":{"name":"apps"},"versions":[
            {"version":"v1","resources":[{"resource":"deployments",
            "responseKind":{"kind":"Deployment"},"scope":"Namespaced",
            "singularResource":"deployment","verbs":["get","list"],"shortNames":["deploy"],
            "categories":["all"]}]}]}]}\
            """;
    private static final String PODS = "/api/v1/namespaces/default/pods";

    private final Map<String, Response> answers = new LinkedHashMap<>();
    private final List<Request> requests = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String input = "";

    KubectlTest() {
        answer("GET /api", 200, CORE);
        answer("GET /apis", 200, GROUPS);
        answer("GET /api/v1/namespaces/default", 200, "{}");
    }

    private void answer(String request, int status, String json) {
        answers.put(request, Response.of(status, "application/json", Payload.of(json)));
    }

    private Response handle(Request request) {
        requests.add(request);
        var known = answers.get(request.method() + " " + request.path());
        return known == null ? new Response.Full(404, Headers.EMPTY, Payload.EMPTY) : known;
    }

    private int kubectl(String... args) {
        var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        var streams = new Streams(in, print(out), print(err));
        var around =
                new Session.Surroundings(
                        streams,
                        Map.of("KUBECONFIG", "/does/not/exist"),
                        new ManualClock(Instant.EPOCH),
                        (context, global) -> new DirectClient(this::handle, null));
        return new Kubectl(around).run(List.of(args));
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void getShowsTheTableOfTheServerInColumns() {
        answer(
                "GET " + PODS,
                200,
                """
                {"kind":"Table","metadata":{},"columnDefinitions":[{"name":"Name","priority":0},
                {"name":"Ready","priority":0},{"name":"IP","priority":1}],
                "rows":[{"cells":["web-1","1/1","10.0.0.1"]},{"cells":["b","0/1",null]}]}\
                """);

        assertThat(kubectl("get", "po")).isZero();

        assertThat(out()).isEqualTo("NAME    READY\nweb-1   1/1\nb       0/1\n");
    }

    @Test
    void getSaysWhenThereIsNothing() {
        answer("GET " + PODS, 200, "{\"kind\":\"Table\",\"metadata\":{},\"rows\":[]}");

        assertThat(kubectl("get", "pods")).isZero();

        assertThat(err()).isEqualTo("No resources found in default namespace.\n");
    }

    @Test
    void getFillsInAJsonPathTemplate() {
        answer(
                "GET " + PODS,
                200,
                """
                {"kind":"PodList","metadata":{},"items":[{"metadata":{"name":"a"}},
                {"metadata":{"name":"b"}}]}\
                """);

        kubectl("get", "pods", "-o", "jsonpath={range .items[*]}{.metadata.name}{\"\\n\"}{end}");

        assertThat(out()).isEqualTo("a\nb\n");
    }

    @Test
    void anUnknownTypeIsNamed() {
        assertThat(kubectl("get", "foo")).isOne();

        assertThat(err()).isEqualTo("error: the server doesn't have a resource type \"foo\"\n");
    }

    @Test
    void aFailureOfTheServerIsShownWithItsReason() {
        answer(
                "GET " + PODS + "/x",
                404,
                """
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",
                "message":"pods \\"x\\" not found","reason":"NotFound","code":404}\
                """);

        assertThat(kubectl("get", "pod", "x")).isOne();

        assertThat(err()).isEqualTo("Error from server (NotFound): pods \"x\" not found\n");
    }

    @Test
    void flagsAndCommandsThatDoNotExistAreNamed() {
        kubectl("get", "pods", "--foo");
        kubectl("gett");

        assertThat(err())
                .isEqualTo(
                        "Error: unknown flag: --foo\nSee 'kubectl get --help' for usage.\n"
                                + "error: unknown command \"gett\" for \"kubectl\"\n\n"
                                + "Did you mean this?\n\tget\n\tset\n");
    }

    @Test
    void applyCreatesWhatIsNotThereAndRemembersWhatItApplied() {
        input = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n";
        answer(
                "GET " + PODS + "/web",
                404,
                """
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",
                "message":"pods \\"web\\" not found","reason":"NotFound","code":404}\
                """);
        answer("POST " + PODS, 201, "{\"metadata\":{\"name\":\"web\"}}");

        assertThat(kubectl("apply", "-f", "-")).isZero();

        assertThat(out()).isEqualTo("pod/web created\n");
        assertThat(requests.getLast().body().text())
                .contains("last-applied-configuration")
                .contains("\\\"annotations\\\":{}");
    }

    @Test
    void applyTellsWhereYamlIsBroken() {
        input = "a: b: c\n";

        assertThat(kubectl("apply", "-f", "-")).isOne();

        assertThat(err())
                .isEqualTo(
                        "error: error parsing STDIN: error converting YAML to JSON: yaml: mapping"
                                + " values are not allowed in this context\n");
    }

    @Test
    void applyTellsWhichKindTheServerDoesNotHave() {
        input = "apiVersion: x/v1\nkind: Foo\nmetadata:\n  name: one\n";

        assertThat(kubectl("apply", "-f", "-")).isOne();

        assertThat(err())
                .isEqualTo(
                        "error: resource mapping not found for name: \"one\" namespace: \"\" from"
                                + " \"STDIN\": no matches for kind \"Foo\" in version \"x/v1\"\n"
                                + "ensure CRDs are installed first\n");
    }

    @Test
    void deleteSaysFromWhichNamespace() {
        answer("DELETE " + PODS + "/x", 200, "{\"kind\":\"Status\",\"status\":\"Success\"}");

        assertThat(kubectl("delete", "pod", "x", "--wait=false")).isZero();

        assertThat(out()).isEqualTo("pod \"x\" deleted from default namespace\n");
    }

    @Test
    void createMakesADeploymentWithoutAskingTheServer() {
        kubectl("create", "deployment", "web", "--image=nginx", "--dry-run=client", "-o", "name");

        assertThat(out()).isEqualTo("deployment.apps/web\n");
        assertThat(requests).isEmpty();
    }
}
