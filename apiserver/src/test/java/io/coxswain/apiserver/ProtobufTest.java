package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.apps.Deployment;
import io.coxswain.api.authentication.TokenRequest;
import io.coxswain.api.authorization.SelfSubjectAccessReview;
import io.coxswain.api.autoscaling.Scale;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.codec.TypeMeta;
import io.coxswain.api.core.Binding;
import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.api.meta.APIResourceList;
import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.api.meta.PartialObjectMetadata;
import io.coxswain.api.meta.Status;
import io.coxswain.api.policy.Eviction;
import io.coxswain.api.proto.Envelope;
import io.coxswain.api.proto.Frames;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Bodies in protobuf, both ways.
class ProtobufTest {

    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final String DEFAULT = "/api/v1/namespaces/default";
    private static final String MAPS = DEFAULT + "/configmaps";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";

    private final TestServer server = new TestServer();
    private final TestServer.Caller admin = server.admin();
    private final TestServer.Caller asking = admin.with("accept", PROTOBUF);

    @AfterEach
    void close() {
        server.close();
    }

    private static <T extends Record> byte[] body(Class<T> type, String yaml) {
        return Envelope.of(record(type, yaml));
    }

    private static <T extends Record> T record(Class<T> type, String yaml) {
        return RecordReader.read(type, JsonWriter.write(Yaml.readAll(yaml).getFirst()));
    }

    private Answer post(String path, byte[] body) {
        return asking.send("POST", path, PROTOBUF, body);
    }

    private static Status status(Answer answer) {
        var envelope = Envelope.open(answer.body());
        assertThat(envelope.type()).isEqualTo(new TypeMeta("v1", "Status"));
        return envelope.read(Status.class);
    }

    @Test
    void anObjectIsCreatedAndShown() {
        var created = post(MAPS, body(ConfigMap.class, "{metadata: {name: a}, data: {k: v}}"));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.headers().first("content-type")).isEqualTo(PROTOBUF);
        var envelope = Envelope.open(created.body());
        assertThat(envelope.type()).isEqualTo(new TypeMeta("v1", "ConfigMap"));
        assertThat(envelope.read(ConfigMap.class).data()).containsEntry("k", "v");
        assertThat(admin.get(MAPS + "/a").at("data", "k")).isEqualTo("v");
        assertThat(asking.get(MAPS + "/a").body()).isEqualTo(created.body());
    }

    @Test
    void anObjectIsReplacedAndDeleted() {
        var created = post(MAPS, body(ConfigMap.class, "{metadata: {name: a}, data: {k: v}}"));
        var replaced =
                admin.send(
                        "PUT",
                        MAPS + "/a",
                        PROTOBUF,
                        body(ConfigMap.class, "{metadata: {name: a}, data: {k: w}}"));
        var options =
                Envelope.of(
                        record(DeleteOptions.class, "{dryRun: [All]}"),
                        new TypeMeta("v1", "DeleteOptions"));
        var tried = asking.send("DELETE", MAPS + "/a", PROTOBUF, options);
        var deleted = asking.delete(MAPS + "/a");

        assertThat(created.status()).isEqualTo(201);
        assertThat(replaced.at("data", "k")).isEqualTo("w");
        assertThat(status(tried).status()).isEqualTo("Success");
        assertThat(status(deleted).status()).isEqualTo("Success");
        assertThat(status(asking.get(MAPS + "/a")).reason()).isEqualTo("NotFound");
    }

    @Test
    void aListNamesItsKindAndRevision() {
        admin.post(MAPS, "{metadata: {name: a}, data: {k: v}}");
        admin.post(MAPS, "{metadata: {name: b}}");

        var list = asking.get(MAPS + "?limit=1");
        var envelope = Envelope.open(list.body());
        var items = Envelopes.items(envelope, ConfigMap.class);

        assertThat(envelope.type()).isEqualTo(new TypeMeta("v1", "ConfigMapList"));
        assertThat(items).extracting(ConfigMap::name).containsExactly("a");
        var metadata = Envelopes.listMeta(envelope);
        assertThat(metadata.continue_()).isNotEmpty();
        assertThat(metadata.remainingItemCount()).isEqualTo(1);
        assertThat(metadata.resourceVersion()).isNotEmpty();
    }

    @Test
    void aWatchComesInFrames() {
        admin.post(MAPS, "{metadata: {name: a}}");
        var query = "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan";
        try (var watch =
                admin.with("accept", PROTOBUF + ";stream=watch")
                        .watch(MAPS + query + "&allowWatchBookmarks=true")) {
            assertThat(watch.headers().first("content-type")).isEqualTo(PROTOBUF + ";stream=watch");

            var first = events(watch.bytes());
            admin.merge(MAPS + "/a", "{data: {k: v}}");
            var second = events(watch.bytes());

            assertThat(first).extracting(Frames.Event::type).containsExactly("ADDED", "BOOKMARK");
            assertThat(second).extracting(Frames.Event::type).containsExactly("MODIFIED");
            var changed = second.getFirst().envelope().read(ConfigMap.class);
            assertThat(changed.data()).containsEntry("k", "v");
            var bookmark = first.getLast().envelope();
            assertThat(bookmark.type()).isEqualTo(new TypeMeta("v1", "ConfigMap"));
            assertThat(bookmark.read(ConfigMap.class).metadata().annotations())
                    .containsEntry("k8s.io/initial-events-end", "true");
        }
    }

    private static List<Frames.Event> events(byte[] bytes) {
        var events = new ArrayList<Frames.Event>();
        var in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            var frame = new byte[in.getInt()];
            in.get(frame);
            events.add(Frames.event(frame));
        }
        return events;
    }

    @Test
    void metadataAloneIsProtobufTooButTablesAreNot() {
        admin.post(MAPS, "{metadata: {name: a, labels: {x: z}}, data: {k: v}}");

        var one =
                admin.with("accept", PROTOBUF + ";as=PartialObjectMetadata;v=v1;g=meta.k8s.io")
                        .get(MAPS + "/a");
        var list =
                admin.with("accept", PROTOBUF + ";as=PartialObjectMetadataList;v=v1;g=meta.k8s.io")
                        .get(MAPS);
        var table = admin.with("accept", PROTOBUF + ";as=Table;v=v1;g=meta.k8s.io").get(MAPS);

        var envelope = Envelope.open(one.body());
        assertThat(envelope.type())
                .isEqualTo(new TypeMeta("meta.k8s.io/v1", "PartialObjectMetadata"));
        assertThat(envelope.read(PartialObjectMetadata.class).metadata().labels())
                .containsEntry("x", "z");
        assertThat(Envelope.open(list.body()).type().kind()).isEqualTo("PartialObjectMetadataList");
        assertThat(table.status()).isEqualTo(406);
        assertThat(table.headers().first("content-type")).isEqualTo("application/json");
        assertThat(table.message())
                .isEqualTo(
                        "only the following media types are accepted: application/json,"
                                + " application/yaml, application/vnd.kubernetes.protobuf");
    }

    @Test
    void theBestTypeThatThereIsWins() {
        admin.post(MAPS, "{metadata: {name: a}}");

        assertThat(type("text/html, application/json;q=0.1, " + PROTOBUF + ";q=0.2"))
                .isEqualTo(PROTOBUF);
        assertThat(type(PROTOBUF + ", application/json")).isEqualTo(PROTOBUF);
        assertThat(type("application/json, " + PROTOBUF)).isEqualTo("application/json");
        assertThat(type("*/*")).isEqualTo("application/json");
        assertThat(type("application/*")).isEqualTo("application/json");
        assertThat(type(PROTOBUF + ";as=Table;v=v1;g=meta.k8s.io, */*;q=0.1"))
                .isEqualTo("application/json");
        assertThat(admin.with("accept", "text/html").get(MAPS).status()).isEqualTo(406);
    }

    private String type(String accept) {
        var answer = admin.with("accept", accept).get(MAPS + "/a");
        return String.valueOf(answer.headers().first("content-type"));
    }

    @Test
    void nothingIsDoneWhoseAnswerCannotBeShown() {
        var refused =
                admin.with("accept", "text/html")
                        .send(
                                "POST",
                                MAPS,
                                PROTOBUF,
                                body(ConfigMap.class, "{metadata: {name: a}}"));

        assertThat(refused.status()).isEqualTo(406);
        assertThat(admin.get(MAPS + "/a").status()).isEqualTo(404);
    }

    @Test
    void subresourcesAndReviewsSpeakIt() {
        admin.post(
                DEPLOYMENTS,
                "{metadata: {name: web}, spec: {replicas: 3, selector: {matchLabels: {app: web}},"
                        + " template: {metadata: {labels: {app: web}},"
                        + " spec: {containers: [{name: c, image: i}]}}}}");
        var scale = Envelope.open(asking.get(DEPLOYMENTS + "/web/scale").body());
        var scaled =
                asking.send(
                        "PUT",
                        DEPLOYMENTS + "/web/scale",
                        PROTOBUF,
                        body(Scale.class, "{metadata: {name: web}, spec: {replicas: 5}}"));
        var token =
                post(
                        DEFAULT + "/serviceaccounts/default/token",
                        body(TokenRequest.class, "{spec: {expirationSeconds: 600}}"));
        var review =
                post(
                        "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                        body(
                                SelfSubjectAccessReview.class,
                                "{spec: {resourceAttributes: {verb: get, resource: pods}}}"));

        assertThat(scale.type()).isEqualTo(new TypeMeta("autoscaling/v1", "Scale"));
        assertThat(scale.read(Scale.class).spec().replicas()).isEqualTo(3);
        assertThat(Envelope.open(scaled.body()).read(Scale.class).spec().replicas()).isEqualTo(5);
        assertThat(Envelope.open(token.body()).read(TokenRequest.class).status().token())
                .isNotEmpty();
        var answer = Envelope.open(review.body()).read(SelfSubjectAccessReview.class);
        assertThat(answer.status().allowed()).isTrue();
        assertThat(Envelope.open(asking.get(DEPLOYMENTS + "/web").body()).read(Deployment.class))
                .extracting(web -> web.spec().replicas())
                .isEqualTo(5);
    }

    @Test
    void podsAreBoundAndEvicted() {
        var pods = DEFAULT + "/pods";
        admin.post(pods, "{metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}");

        var bound =
                post(
                        pods + "/p/binding",
                        body(
                                Binding.class,
                                "{metadata: {name: p}, target: {kind: Node, name: n1}}"));
        var evicted = post(pods + "/p/eviction", body(Eviction.class, "{metadata: {name: p}}"));

        assertThat(status(bound).code()).isEqualTo(201);
        assertThat(status(evicted).status()).isEqualTo("Success");
        assertThat(admin.get(pods + "/p").at("spec", "nodeName")).isEqualTo("n1");
    }

    @Test
    void discoverySpeaksIt() {
        var envelope = Envelope.open(asking.get("/apis/apps/v1").body());

        assertThat(envelope.type()).isEqualTo(new TypeMeta("v1", "APIResourceList"));
        var list = envelope.read(APIResourceList.class);
        assertThat(list.resources())
                .anySatisfy(resource -> {
                    assertThat(resource.name()).isEqualTo("deployments");
                    assertThat(resource.verbs()).contains("patch");
                });
        assertThat(Envelope.open(asking.get("/api").body()).type().kind()).isEqualTo("APIVersions");
        assertThat(Envelope.open(asking.get("/apis").body()).type().kind())
                .isEqualTo("APIGroupList");
        assertThat(Envelope.open(asking.get("/apis/apps").body()).type().kind())
                .isEqualTo("APIGroup");
    }

    @Test
    void whatCannotBeReadIsRefusedAsUpstreamDoes() {
        var good = body(ConfigMap.class, "{metadata: {name: a}, data: {k: v}}");
        var otherKind = Envelope.of(record(ConfigMap.class, "{}"), new TypeMeta("v1", "Secret"));
        var cut = Envelope.open(good);
        var broken =
                Frames.envelope(cut.type(), Arrays.copyOfRange(good, cut.from(), cut.to() - 1));

        assertThat(message(new byte[0]))
                .isEqualTo(
                        "the object provided is unrecognized (must be of type ConfigMap): empty"
                                + " data (<empty>)");
        assertThat(message(HexFormat.of().parseHex("6b7d")))
                .isEqualTo(
                        "the object provided is unrecognized (must be of type ConfigMap): provided"
                                + " data does not appear to be a protobuf message, expected prefix"
                                + " [107 56 115 0] (6b7d)");
        assertThat(message(broken))
                .isEqualTo(
                        "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: unexpected"
                                + " EOF");
        assertThat(message(otherKind)).contains("cannot be handled as a ConfigMap");
        var unknown = asking.send("POST", MAPS, "application/cbor", good);
        assertThat(unknown.status()).isEqualTo(415);
        assertThat(status(unknown).message())
                .isEqualTo(
                        "the body of the request was in an unknown format - accepted media types"
                                + " include: application/json, application/yaml,"
                                + " application/vnd.kubernetes.protobuf");
    }

    private String message(byte[] body) {
        var answer = post(MAPS, body);
        assertThat(answer.status()).isEqualTo(400);
        return status(answer).message();
    }
}
