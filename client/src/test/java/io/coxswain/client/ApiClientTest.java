package io.coxswain.client;

import static io.coxswain.client.fixture.Nouns.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.core.Pod;
import io.coxswain.api.json.Json;
import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.RecordType;
import io.coxswain.http.BodyQueue;
import io.coxswain.http.Exchange;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ApiClientTest {

    private static final String PODS = "/api/v1/namespaces/default/pods";

    private final ScriptedTransport server = new ScriptedTransport();
    private final ApiClient client = new ApiClient(server, "test/1");

    @Test
    void readsAnObjectBackAsItWasWritten() {
        var pod = pod("a").ready().build();
        server.on("GET " + PODS + "/a", request -> ScriptedTransport.object(200, pod));

        assertThat(client.get(Pod.class, "default", "a")).isEqualTo(pod);
    }

    @Test
    void usesTheObjectItselfWhenTheAnswerBringsIt() {
        var pod = pod("a").build();
        server.on(
                "GET " + PODS + "/a",
                request ->
                        new Exchange(
                                200,
                                Headers.EMPTY,
                                BodyQueue.of(Payload.of(new byte[] {'?'}, pod))));

        assertThat(client.get(Pod.class, "default", "a")).isSameAs(pod);
    }

    @Test
    void findsNothingWhereTheServerHasNothing() {
        server.on(
                "GET " + PODS + "/a",
                request -> ScriptedTransport.error(Errors.notFound("", "pods", "a")));

        assertThat(client.find(Pod.class, "default", "a")).isNull();
    }

    @Test
    void aMissingPathIsNoMissingObject() {
        assertThatThrownBy(() -> client.find(Pod.class, "default", "a"))
                .isInstanceOf(ApiError.class)
                .hasMessage("404 page not found");
    }

    @Test
    void carriesTheStatusOfARefusal() {
        server.on(
                "POST " + PODS,
                request -> ScriptedTransport.error(Errors.alreadyExists("", "pods", "a")));

        assertThatThrownBy(() -> client.create(pod("a").build()))
                .isInstanceOfSatisfying(
                        ApiError.class, error -> assertThat(error.alreadyExists()).isTrue());
    }

    @Test
    void followsContinueTokensToTheEnd() {
        var first = list("7", "more", "a");
        var second = list("7", "", "b");
        server.on(
                "GET /api/v1/pods",
                request ->
                        new Exchange(
                                200,
                                Headers.EMPTY,
                                BodyQueue.of(
                                        Payload.of(
                                                request.query().first("continue") == null
                                                        ? first
                                                        : second))));

        var list = client.list(Pod.class, new ListQuery("", "app=web", "", "", 1));

        assertThat(list.items()).extracting(Pod::name).containsExactly("a", "b");
        assertThat(server.requests)
                .containsExactly(
                        "GET /api/v1/pods?labelSelector=app%3Dweb&limit=1",
                        "GET /api/v1/pods?labelSelector=app%3Dweb&limit=1&continue=more");
    }

    @Test
    void joinsWatchLinesThatTheNetworkCut() {
        var body = new BodyQueue(BodyQueue.Filler.NONE);
        server.on("GET /api/v1/pods", request -> new Exchange(200, Headers.EMPTY, body));
        var watch = client.watch(Pod.class, ListQuery.ALL.from("5"));
        var line =
                "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"a\","
                        + "\"resourceVersion\":\"6\"}}}\n{\"type\":\"BOOKMARK\",\"object\":"
                        + "{\"metadata\":{\"resourceVersion\":\"9\"}}}\n";
        var bytes = line.getBytes(StandardCharsets.UTF_8);

        assertThat(watch.poll()).isNull();
        body.add(Payload.of(Arrays.copyOfRange(bytes, 0, 20)));
        assertThat(watch.poll()).isNull();
        body.add(Payload.of(Arrays.copyOfRange(bytes, 20, bytes.length)));

        assertThat(watch.poll())
                .extracting(WatchStream.WatchEvent::object)
                .extracting(Pod::name)
                .isEqualTo("a");
        assertThat(watch.poll())
                .isEqualTo(new WatchStream.WatchEvent<>(WatchStream.Type.BOOKMARK, null, "9"));
    }

    @Test
    void anErrorEventIsThrown() {
        var body = new BodyQueue(BodyQueue.Filler.NONE);
        server.on("GET /api/v1/pods", request -> new Exchange(200, Headers.EMPTY, body));
        var watch = client.watch(Pod.class, ListQuery.ALL.from("5"));
        body.add(
                Payload.of(
                        "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410,"
                                + "\"reason\":\"Expired\",\"message\":\"too old\"}}\n"));

        assertThatThrownBy(watch::poll)
                .isInstanceOfSatisfying(
                        ApiError.class, error -> assertThat(error.expired()).isTrue());
    }

    @Test
    void patchesAndDeletesSayWhatTheyMean() {
        server.on(
                "PATCH " + PODS + "/a/status",
                request -> ScriptedTransport.object(200, pod("a").build()));
        server.on(
                "DELETE " + PODS + "/a",
                request -> ScriptedTransport.object(200, pod("a").build()));

        client.patch(Pod.class, "default", "a", Patch.apply(Json.EMPTY, "me").on("status"));
        client.delete(Pod.class, "default", "a", RecordType.of(DeleteOptions.class).empty());

        assertThat(server.requests)
                .containsExactly(
                        "PATCH " + PODS + "/a/status?fieldManager=me&force=true",
                        "DELETE " + PODS + "/a");
    }

    private static String list(String revision, String next, String name) {
        return "{\"metadata\":{\"resourceVersion\":\""
                + revision
                + "\",\"continue\":\""
                + next
                + "\"},\"items\":[{\"metadata\":{\"name\":\""
                + name
                + "\"}}]}";
    }
}
