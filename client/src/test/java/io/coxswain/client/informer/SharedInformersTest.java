package io.coxswain.client.informer;

import static io.coxswain.client.fixture.Nouns.NOW;
import static io.coxswain.client.fixture.Nouns.pod;
import static io.coxswain.client.fixture.Nouns.replicaSet;
import static io.coxswain.client.fixture.Nouns.selector;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.Pod;
import io.coxswain.api.json.Json;
import io.coxswain.base.ManualClock;
import io.coxswain.base.SimulatedLoops;
import io.coxswain.client.ApiClient;
import io.coxswain.client.ScriptedTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SharedInformersTest {

    private static final String PODS = "/api/v1/pods";

    private final ScriptedTransport server = new ScriptedTransport();
    private final SimulatedLoops loops = new SimulatedLoops(new ManualClock(NOW), 1);
    private final SharedInformers informers =
            new SharedInformers(new ApiClient(server, "test"), loops, new Random(1));
    private final List<String> heard = new ArrayList<>();

    @Test
    void listsThenFollowsTheWatch() {
        server.collection(PODS, 10, pod("a").version(5).build());
        var pods = informers.of(Pod.class);
        loops.settle();
        server.event(PODS, "ADDED", pod("b").version(11).build());
        server.event(PODS, "DELETED", pod("a").version(12).build());
        loops.settle();

        assertThat(pods.all()).extracting(Pod::name).containsExactly("b");
        assertThat(pods.revision()).isEqualTo(12);
        assertThat(informers.synced()).isTrue();
    }

    @Test
    void resumesABrokenWatchWhereItWas() {
        server.collection(PODS, 10);
        informers.of(Pod.class);
        loops.settle();
        bookmark(15);
        server.breakWatch(PODS);
        loops.advance(Duration.ofSeconds(5));

        assertThat(server.requests).hasSize(3).last().asString().contains("resourceVersion=15");
    }

    @Test
    void listsAgainWhenTheRevisionIsGone() {
        server.collection(PODS, 10, pod("a").version(5).build(), pod("b").version(6).build());
        var pods = informers.of(Pod.class);
        listen();
        loops.settle();
        server.collection(PODS, 90, pod("b").version(60).build(), pod("c").version(70).build());
        server.line(PODS, "ERROR", Json.object(Map.of("code", Json.of(410))));
        loops.settle();

        assertThat(pods.revision()).isEqualTo(90);
        assertThat(heard).containsExactly("+a", "+b", "-a", "b", "+c");
    }

    @Test
    void waitsLongerAfterEachFailure() {
        informers.of(Pod.class);
        loops.advance(Duration.ofMinutes(10));

        assertThat(server.requests.size()).isBetween(10, 40);
    }

    @Test
    void tellsALateListenerWhatIsThere() {
        server.collection(PODS, 10, pod("a").build());
        informers.of(Pod.class);
        loops.settle();
        listen();
        loops.settle();

        assertThat(heard).containsExactly("+a");
    }

    @Test
    void aViewDoesNotChangeUnderItsReader() {
        server.collection(PODS, 10, pod("a").build());
        informers.of(Pod.class);
        loops.settle();
        var view = informers.view();
        assertThat(view.all(Pod.class)).hasSize(1);

        server.event(PODS, "ADDED", pod("b").version(11).build());
        loops.settle();

        assertThat(view.all(Pod.class)).hasSize(1);
        assertThat(informers.view().all(Pod.class)).hasSize(2);
    }

    @Test
    void knowsObjectsByOwnerNamespaceAndLabel() {
        var set = replicaSet("web").build();
        server.collection(
                PODS,
                10,
                pod("a").ownedBy(set).labelled("app", "web").build(),
                pod("b").labelled("app", "web").build(),
                pod("c").in("other").ownedBy(set).build());
        informers.of(Pod.class);
        loops.settle();
        var view = informers.view();

        assertThat(view.owned(set, Pod.class)).extracting(Pod::name).containsExactly("a");
        assertThat(view.in(Pod.class, "default")).extracting(Pod::name).containsExactly("a", "b");
        assertThat(view.selected(Pod.class, "default", selector("app", "web"))).hasSize(2);
    }

    private void listen() {
        informers
                .of(Pod.class)
                .onChange((before, after) -> {
                    var object = after == null ? before : after;
                    var sign = before == null ? "+" : after == null ? "-" : "";
                    heard.add(sign + (object == null ? "?" : object.name()));
                });
    }

    private void bookmark(long revision) {
        var metadata = Json.object(Map.of("resourceVersion", Json.of(Long.toString(revision))));
        server.line(PODS, "BOOKMARK", Json.object(Map.of("metadata", metadata)));
        loops.settle();
    }
}
