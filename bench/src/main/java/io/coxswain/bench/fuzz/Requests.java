package io.coxswain.bench.fuzz;

import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.client.Client;
import io.coxswain.http.Payload;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.testkit.TestCluster;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A whole API server, in this process: no request may make it answer that it has failed.
final class Requests {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    /// What upstream takes for a fault of its own, or for one that passes.
    private static final List<String> AS_UPSTREAM =
            List.of("does not contain declared merge key", "Too large resource version");

    /// Where objects go.
    ///
    /// @param name of the object that patches change
    /// @param object the same, as it is created
    private record Place(String path, String name, String object) {}

    private static final List<Place> PLACES =
            List.of(
                    new Place(
                            MAPS,
                            "a",
                            "{metadata: {name: a}, data: {a: b}, binaryData: {c: aGk=}}"),
                    new Place(
                            "/api/v1/namespaces/default/pods",
                            "a",
                            "{metadata: {name: a}, spec: {containers: [{name: c, image: i}]}}"),
                    new Place(
                            "/api/v1/namespaces/default/services",
                            "a",
                            "{metadata: {name: a}, spec: {ports: [{port: 80}]}}"),
                    new Place(
                            "/apis/apps/v1/namespaces/default/deployments",
                            "a",
                            """
                            {metadata: {name: a}, spec: {selector: {matchLabels: {a: b}}, template:
                             {metadata: {labels: {a: b}}, spec:
                             {containers: [{name: c, image: i}]}}}}
                            """),
                    new Place(
                            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                            "as.x.io",
                            """
                            {metadata: {name: as.x.io}, spec: {group: x.io, scope: Cluster,
                             names: {plural: as, kind: A}, versions: [{name: v1, served: true,
                             storage: true, schema: {openAPIV3Schema: {type: object, properties:
                             {spec: {type: object, x-kubernetes-validations: [{rule: 'self.a > 0'}],
                             properties: {a: {type: integer, default: 1}}}}}}}]}}
                            """));

    private static final List<String> TYPES =
            List.of(
                    "application/json",
                    "application/yaml",
                    "application/vnd.kubernetes.protobuf",
                    "application/json-patch+json",
                    "application/merge-patch+json",
                    "application/strategic-merge-patch+json",
                    "application/apply-patch+yaml");

    private static final int FIRST_PATCH = 3;

    private Requests() {}

    /// The first byte says where the rest goes to and what it is.
    static FuzzTarget bodies() {
        var client = TestCluster.start(1).client();
        var seeds = new ArrayList<byte[]>();
        for (var i = 0; i < PLACES.size(); i++) {
            var place = PLACES.get(i);
            var json = JsonWriter.write(Yaml.read(place.object()));
            create(client, place.path(), Payload.of(json));
            for (var type = 0; type < TYPES.size(); type++) {
                seeds.add(joined((byte) (type * PLACES.size() + i), json));
            }
        }
        return new FuzzTarget(seeds, input -> body(client, input));
    }

    private static void body(Client client, byte[] input) {
        if (input.length == 0) {
            return;
        }
        var place = PLACES.get((input[0] & 0xff) % PLACES.size());
        var type = (input[0] & 0xff) / PLACES.size() % TYPES.size();
        var body = Arrays.copyOfRange(input, 1, input.length);
        send(
                client,
                type < FIRST_PATCH
                        ? request("POST", place.path(), TYPES.get(type), body)
                        : request(
                                "PATCH", place.path() + "/" + place.name(), TYPES.get(type), body));
    }

    static FuzzTarget continueTokens() {
        var client = TestCluster.start(1).client();
        for (var name : List.of("a", "b")) {
            create(client, MAPS, Payload.of("{\"metadata\":{\"name\":\"" + name + "\"}}"));
        }
        var first = client.json(Request.get(MAPS).withQuery(page("")));
        return FuzzTarget.ofText(
                List.of(first.object("metadata").text("continue")),
                token -> send(client, Request.get(MAPS).withQuery(page(token))));
    }

    private static void create(Client client, String path, Payload object) {
        client.json(Request.of("POST", path).withBody(TYPES.getFirst(), object));
    }

    private static Query page(String token) {
        var query = Query.EMPTY.with("limit", "1");
        return token.isEmpty() ? query : query.with("continue", token);
    }

    private static Request request(String method, String path, String type, byte[] body) {
        var query = Query.EMPTY.with("dryRun", "All").with("fieldManager", "fuzz");
        return Request.of(method, path)
                .withQuery(type.contains("apply") ? query.with("force", "true") : query)
                .withBody(type, Payload.of(body));
    }

    private static void send(Client client, Request request) {
        var answer = client.send(request);
        if (answer.status() < 500) {
            return;
        }
        var text = answer instanceof Response.Full full ? full.body().text() : answer.toString();
        if (AS_UPSTREAM.stream().noneMatch(text::contains)) {
            throw new AssertionError(text);
        }
    }

    private static byte[] joined(byte head, byte[] rest) {
        var all = new ByteArrayOutputStream();
        all.write(head);
        all.writeBytes(rest);
        return all.toByteArray();
    }
}
