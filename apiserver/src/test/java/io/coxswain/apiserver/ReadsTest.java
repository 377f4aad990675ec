package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadsTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private final TestServer server = new TestServer();
    private final TestServer.Caller admin = server.admin();

    @BeforeEach
    void fill() {
        for (var name : new String[] {"a", "b", "c", "d", "e"}) {
            var app = name.compareTo("c") < 0 ? "web" : "db";
            admin.post(MAPS, "{metadata: {name: %s, labels: {app: %s}}}".formatted(name, app));
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void pagesAreOfOneRevision() {
        var first = admin.get(MAPS + "?limit=2");
        admin.delete(MAPS + "/d");
        var token = first.at("metadata", "continue");
        var second = admin.get(MAPS + "?limit=2&continue=" + token);
        var last = admin.get(MAPS + "?limit=2&continue=" + second.at("metadata", "continue"));

        assertThat(first.names()).containsExactly("a", "b");
        assertThat(first.at("metadata", "remainingItemCount")).isEqualTo("3");
        assertThat(second.names()).containsExactly("c", "d");
        assertThat(last.names()).containsExactly("e");
        assertThat(last.at("metadata", "continue")).isEmpty();
        assertThat(last.revision()).isEqualTo(first.revision());
    }

    @Test
    void selectorsChoose() {
        assertThat(admin.get(MAPS + "?labelSelector=app%3Dweb").names()).containsExactly("a", "b");
        assertThat(admin.get(MAPS + "?labelSelector=app+notin+(web)").names())
                .containsExactly("c", "d", "e");
        assertThat(admin.get(MAPS + "?fieldSelector=metadata.name%3Dc").names())
                .containsExactly("c");
        assertThat(admin.get(MAPS + "?labelSelector=a%3D%3D%3Db").status()).isEqualTo(400);
        assertThat(admin.get(MAPS + "?fieldSelector=spec.x%3D1").status()).isEqualTo(400);
    }

    @Test
    void parametersThatMakeNoSenseAreTheClientsFault() {
        assertThat(admin.get(MAPS + "?limit=many").status()).isEqualTo(400);
        assertThat(admin.get(MAPS + "?continue=xyz").status()).isEqualTo(400);
        assertThat(admin.get(MAPS + "?resourceVersion=abc").status()).isGreaterThanOrEqualTo(400);
        assertThat(admin.get(MAPS + "?resourceVersion=abc").status()).isLessThan(500);
        assertThat(admin.get(MAPS + "?resourceVersionMatch=Exact").status()).isEqualTo(422);
        assertThat(admin.get(MAPS + "?resourceVersion=99999&resourceVersionMatch=Exact").status())
                .isEqualTo(504);
    }

    @Test
    void anExactRevisionShowsThePast() {
        var then = admin.get(MAPS).revision();
        admin.delete(MAPS + "/a");

        var past = admin.get(MAPS + "?resourceVersionMatch=Exact&resourceVersion=" + then);

        assertThat(past.names()).contains("a");
        assertThat(past.revision()).isEqualTo(then);
    }

    @Test
    void aTableHasColumnsAndRows() {
        var table = admin.with("accept", "application/json;as=Table;v=v1;g=meta.k8s.io").get(MAPS);

        assertThat(table.at("kind")).isEqualTo("Table");
        assertThat(table.at("columnDefinitions", "0", "name")).isEqualTo("Name");
        assertThat(table.at("rows", "0", "cells", "0")).isEqualTo("a");
    }

    @Test
    void metadataAloneIsEnoughForSome() {
        var as = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";

        var list = admin.with("accept", as).get(MAPS);

        assertThat(list.at("kind")).isEqualTo("PartialObjectMetadataList");
        assertThat(list.names()).hasSize(5);
    }

    @Test
    void anAnswerNobodyCanReadIsNotMade() {
        var refused = admin.with("accept", "text/html").get(MAPS);

        assertThat(refused.status()).isEqualTo(406);
    }

    @Test
    void aWatchShowsWhatIsThereAndWhatComes() {
        try (var watch = admin.watch(MAPS + "?watch=true&fieldSelector=metadata.name%3Da")) {
            assertThat(watch.events()).containsExactly("ADDED a");
            admin.merge(MAPS + "/a", "{data: {x: z}}");
            admin.merge(MAPS + "/b", "{data: {x: z}}");
            admin.delete(MAPS + "/a");
            assertThat(watch.events()).containsExactly("MODIFIED a", "DELETED a");
        }
    }

    @Test
    void whatEntersOrLeavesASelectionIsAddedOrDeleted() {
        var now = admin.get(MAPS).revision();
        var path = MAPS + "?watch=1&labelSelector=app%3Dweb&resourceVersion=" + now;
        try (var watch = admin.watch(path)) {
            admin.merge(MAPS + "/a", "{metadata: {labels: {app: db}}}");
            admin.merge(MAPS + "/c", "{metadata: {labels: {app: web}}}");
            assertThat(watch.events()).containsExactly("DELETED a", "ADDED c");
        }
    }

    @Test
    void bookmarksSayHowFarAWatchHasCome() {
        var now = admin.get(MAPS).revision();
        var path =
                MAPS
                        + "?watch=1&allowWatchBookmarks=true&timeoutSeconds=600&resourceVersion="
                        + now;
        try (var watch = admin.watch(path)) {
            assertThat(watch.events()).isEmpty();
            server.clock.advance(Duration.ofSeconds(61));
            assertThat(watch.events()).containsExactly("BOOKMARK " + now);
        }
    }

    @Test
    void aListCanBeStreamedByAWatch() {
        var path =
                MAPS
                        + "?watch=1&sendInitialEvents=true&allowWatchBookmarks=true"
                        + "&resourceVersionMatch=NotOlderThan";
        try (var watch = admin.watch(path)) {
            var frames = watch.frames();
            assertThat(frames.lines()).hasSize(6);
            assertThat(frames).contains("\"k8s.io/initial-events-end\":\"true\"");
        }
    }

    @Test
    void aWatchEndsWhenItsTimeIsOver() {
        try (var watch = admin.watch(MAPS + "?watch=1&timeoutSeconds=10")) {
            watch.events();
            assertThat(watch.ended()).isFalse();
            server.clock.advance(Duration.ofSeconds(11));
            watch.events();
            assertThat(watch.ended()).isTrue();
        }
    }

    @Test
    void aRevisionThatIsCompactedIsAnErrorEvent() {
        server.store.compact(Long.parseLong(admin.get(MAPS).revision()));

        try (var watch = admin.watch(MAPS + "?watch=1&resourceVersion=1")) {
            assertThat(watch.status()).isEqualTo(200);
            assertThat(watch.events()).containsExactly("ERROR 410 Expired");
        }
    }
}
