package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.json.Json;
import io.coxswain.apiserver.TlsBackend.Asked;
import io.coxswain.apiserver.TlsBackend.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Custom objects whose versions a webhook converts, over TLS.
@Timeout(20)
class ConversionOverTlsTest {

    private final TestServer server = new TestServer();
    private final TestServer.Caller admin = server.admin();
    private volatile Function<Asked, Reply> behaviour = ConversionOverTlsTest::converted;
    private final TlsBackend hook = new TlsBackend(asked -> behaviour.apply(asked));

    @AfterEach
    void close() {
        hook.close();
        server.close();
    }

    private void define() {
        admin.post(
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                """
                metadata: {name: gadgets.x.example}
                spec:
                  group: x.example
                  scope: Namespaced
                  names: {plural: gadgets, singular: gadget, kind: Gadget}
                  versions:
                  - {name: v1, served: true, storage: true,
                     schema: {openAPIV3Schema: {type: object, properties: {size: {type: string}}}}}
                  - {name: v2, served: true, storage: false,
                     schema: {openAPIV3Schema: {type: object, properties: {width: {type: string}}}}}
                  conversion:
                    strategy: Webhook
                    webhook:
                      conversionReviewVersions: [v1]
                      clientConfig: {url: '%s', caBundle: %s}
                """
                        .formatted(hook.url("/convert"), TlsBackend.authority()));
        server.settle();
    }

    private String gadgets(String version) {
        return "/apis/x.example/" + version + "/namespaces/default/gadgets";
    }

    /// In v1 it is called size, in v2 width.
    private static Reply converted(Asked asked) {
        var to = asked.request().text("desiredAPIVersion");
        var objects = new ArrayList<Json>();
        for (var item : asked.request().items("objects")) {
            var object = (Json.Obj) item;
            var value = Json.of(object.text("size") + object.text("width"));
            objects.add(
                    object.without("size")
                            .without("width")
                            .with("apiVersion", Json.of(to))
                            .with(to.endsWith("v2") ? "width" : "size", value));
        }
        var response = new LinkedHashMap<String, Json>();
        response.put("uid", Json.of(asked.request().text("uid")));
        response.put("result", Json.EMPTY.with("status", Json.of("Success")));
        response.put("convertedObjects", new Json.Arr(objects));
        return Reply.json(asked.json().with("response", new Json.Obj(response)));
    }

    @Test
    void objectsAreShownInTheVersionThatIsAskedFor() {
        define();

        var created =
                admin.post(
                        gadgets("v1"),
                        "{apiVersion: x.example/v1, kind: Gadget,"
                                + " metadata: {name: a}, size: '7'}");

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(admin.get(gadgets("v2") + "/a").at("width")).isEqualTo("7");
        assertThat(hook.asked.getLast().query()).isEqualTo("timeout=30s");
        assertThat(hook.asked.getLast().path()).isEqualTo("/convert");
    }

    @Test
    void aListIsConvertedWithOneQuestion() {
        define();
        for (var name : new String[] {"a", "b", "c"}) {
            admin.post(
                    gadgets("v1"),
                    "{apiVersion: x.example/v1, kind: Gadget, metadata: {name: "
                            + name
                            + "}, size: '7'}");
        }
        hook.asked.clear();

        assertThat(admin.get(gadgets("v2")).names()).containsExactly("a", "b", "c");
        assertThat(hook.asked).hasSize(1);
    }

    @Test
    void whatCannotBeConvertedIsAnErrorWithTheReason() {
        define();
        admin.post(
                gadgets("v1"),
                "{apiVersion: x.example/v1, kind: Gadget, metadata: {name: a}, size: '7'}");
        behaviour = asked -> Reply.text(500, "boom");

        var failed = admin.get(gadgets("v2") + "/a");

        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.message())
                .isEqualTo(
                        "conversion webhook for x.example/v1, Kind=Gadget failed: an error on the"
                                + " server (\"boom\") has prevented the request from succeeding");
    }

    @Test
    void aWatchWhoseObjectsCannotBeConvertedSaysSoAndEnds() {
        define();
        try (var watch = admin.watch(gadgets("v2") + "?watch=1")) {
            admin.post(
                    gadgets("v1"),
                    "{apiVersion: x.example/v1, kind: Gadget, metadata: {name: a}, size: '7'}");
            behaviour = asked -> Reply.text(500, "boom");

            assertThat(watch.frames())
                    .startsWith("{\"type\":\"ERROR\"")
                    .contains("\"reason\":\"InternalError\"")
                    .contains(
                            "Internal error occurred: conversion webhook for x.example/v1,"
                                    + " Kind=Gadget failed");
        }
    }

    @Test
    void discoveryNamesTheStoredVersionAlikeForAll() {
        define();
        var first = admin.get("/apis/x.example/v1").at("resources", "0", "storageVersionHash");

        assertThat(admin.get("/apis/x.example/v2").at("resources", "0", "storageVersionHash"))
                .isEqualTo(first)
                .isNotEmpty();
    }

    @Test
    void eachServedVersionIsAnApiServiceAsLongAsItIsServed() {
        var services = "/apis/apiregistration.k8s.io/v1/apiservices/";
        define();

        assertThat(admin.get(services + "v2.x.example").at("spec", "groupPriorityMinimum"))
                .isEqualTo("1000");
        assertThat(
                        admin.get(services + "v1.x.example")
                                .at(
                                        "metadata",
                                        "labels",
                                        "kube-aggregator.kubernetes.io/automanaged"))
                .isEqualTo("true");

        admin.delete("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/gadgets.x.example");
        server.settle();
        assertThat(admin.get(services + "v2.x.example").status()).isEqualTo(404);
        assertThat(admin.get(services + "v1.apps").status()).isEqualTo(200);
    }

    @Test
    void redirectsAreNotFollowed() {
        define();
        admin.post(
                gadgets("v1"),
                "{apiVersion: x.example/v1, kind: Gadget, metadata: {name: a}, size: '7'}");
        behaviour =
                asked -> new Reply(302, Map.of("Location", "https://127.0.0.1:1/"), new byte[0]);

        assertThat(admin.get(gadgets("v2") + "/a").message())
                .endsWith("/convert?timeout=30s\": redirects are not followed");
    }
}
