package io.coxswain.testkit.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.client.Client;
import io.coxswain.http.Payload;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.testkit.TestCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Everybody × every verb × every resource, named and not: the server says yes exactly where a
/// plain Kubernetes would.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthorizationMatrixTest {

    private static final List<String> VERBS =
            List.of(
                    "get",
                    "list",
                    "watch",
                    "create",
                    "update",
                    "patch",
                    "delete",
                    "deletecollection",
                    "impersonate",
                    "*");

    /// Verbs without a request of their own, where they mean something.
    private static final List<Cell> SPECIAL =
            List.of(
                    special("bind", "rbac.authorization.k8s.io", "clusterroles"),
                    special("escalate", "rbac.authorization.k8s.io", "clusterroles"),
                    special("bind", "rbac.authorization.k8s.io", "roles"),
                    special("approve", "certificates.k8s.io", "signers"),
                    special("sign", "certificates.k8s.io", "signers"),
                    special("attest", "certificates.k8s.io", "signers"),
                    special("impersonate", "", "users"),
                    special("impersonate", "", "groups"),
                    special("impersonate", "", "serviceaccounts"),
                    special("impersonate", "authentication.k8s.io", "uids"),
                    special("impersonate", "authentication.k8s.io", "userextras/scopes"),
                    special("use", "", "widgets"),
                    special("get", "example.com", "widgets/status"));

    private static final List<String> PATHS =
            List.of(
                    "/",
                    "/api",
                    "/api/v1",
                    "/apis",
                    "/apis/apps",
                    "/apis/apps/v1",
                    "/healthz",
                    "/healthz/ping",
                    "/livez",
                    "/readyz",
                    "/version",
                    "/version/",
                    "/openapi/v2",
                    "/openapi/v3",
                    "/metrics",
                    "/metrics/slis",
                    "/configz",
                    "/logs/kubelet.log",
                    "/debug/pprof/",
                    "/.well-known/openid-configuration",
                    "/openid/v1/jwks");

    private static final List<String> METHODS = List.of("get", "post", "put", "delete", "head");

    /// Methods of the verbs that are for a whole resource.
    private static final Map<String, String> ON_ALL =
            Map.of("list", "GET", "watch", "GET", "deletecollection", "DELETE", "create", "POST");

    /// Methods of the verbs that are for one object, or a subresource of it.
    private static final Map<String, String> ON_ONE =
            Map.of(
                    "get", "GET",
                    "create", "POST",
                    "update", "PUT",
                    "patch", "PATCH",
                    "delete", "DELETE");

    private final TestCluster cluster = TestCluster.start(1);
    private final RoleFacts own = RoleFacts.read("own.txt");
    private final RoleFacts facts = RoleFacts.read("roles.txt").and(own);
    private final Rights rights = new Rights(facts);
    private final NodeRights nodes =
            new NodeRights(Objects.requireNonNull(facts.find("", "system:node")).rules());
    private final List<Served> served = Served.all();

    @BeforeAll
    void start() {
        Team.in(cluster, own);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    private static Cell special(String verb, String group, String resource) {
        return new Cell(verb, group, resource, "", "", "");
    }

    private boolean expected(Identity who, Cell cell) {
        return who.groups().contains("system:masters")
                || nodes.allow(who, cell)
                || rights.allow(who, cell);
    }

    @Test
    @Tag("long")
    void reviewsSayWhatAPlainKubernetesWouldSay() {
        var wrong = new Differences();
        for (var cell : cells()) {
            for (var who : Identity.ALL) {
                wrong.compare(who, cell, expected(who, cell), reviewed(who, cell));
            }
        }

        wrong.none(78_000);
    }

    /// Over the whole filter chain; what is allowed may still fail for other reasons.
    @Test
    void requestsAreLetInWhereReviewsSayYes() {
        var wrong = new Differences();
        for (var who : Identity.ALL) {
            var client = cluster.client(who.name(), who.groups().toArray(String[]::new));
            for (var one : requests()) {
                wrong.compare(who, one.cell(), expected(who, one.cell()), letIn(client, one));
            }
        }

        wrong.none(20_000);
    }

    /// Who impersonates somebody may do what that one may, and no more.
    @Test
    void impersonatorsMayDoWhatTheOtherMay() {
        var wrong = new Differences();
        for (var who : Identity.ALL) {
            for (var one : requests()) {
                if (!one.cell().named() && one.cell().verb().equals("list")) {
                    wrong.compare(
                            who,
                            one.cell(),
                            expected(who, one.cell()),
                            letIn(cluster.client(), one.as(who)));
                }
            }
        }

        wrong.none(1_000);
    }

    @ParameterizedTest
    @CsvSource({
        "node-1, GET, /api/v1/pods, spec.nodeName=node-1, true",
        "node-2, GET, /api/v1/pods, spec.nodeName=node-1, false",
        "node-1, GET, /api/v1/pods, spec.nodeName!=node-1, false",
        "node-1, GET, /api/v1/nodes, metadata.name=node-1, true",
        "node-1, GET, /api/v1/nodes, metadata.name=node-2, false",
        "node-1, GET, /apis/resource.k8s.io/v1/resourceslices, spec.nodeName=node-1, true",
        "node-1, GET, /apis/resource.k8s.io/v1/resourceslices, spec.nodeName=node-2, false",
        "node-1, DELETE, /apis/resource.k8s.io/v1/resourceslices, spec.nodeName=node-1, true",
        "node-2, DELETE, /apis/resource.k8s.io/v1/resourceslices, spec.nodeName=node-1, false",
    })
    void aSelectorNarrowsWhatANodeReads(
            String node, String method, String path, String selector, boolean allowed) {
        var client = cluster.client("system:node:" + node, "system:nodes", "system:authenticated");
        var query = Query.parse("dryRun=All&fieldSelector=" + selector.replace("=", "%3D"));
        var answer = client.send(Request.of(method, path).withQuery(query));

        assertThat(answer.status()).isEqualTo(allowed ? 200 : 403);
    }

    private List<Cell> cells() {
        var cells = new ArrayList<>(SPECIAL);
        SPECIAL.forEach(
                it -> cells.add(new Cell(it.verb(), it.group(), it.resource(), "", "held", "")));
        for (var one : served) {
            for (var verb : VERBS) {
                if (!one.namespaced()) {
                    names(one).forEach(name -> cells.add(Cell.of(verb, one, "", name)));
                    continue;
                }
                names(one).forEach(name -> cells.add(Cell.of(verb, one, "team", name)));
                cells.add(Cell.of(verb, one, "other", "held"));
                cells.add(Cell.of(verb, one, "", ""));
                if (one.resource().equals("leases")) {
                    names(one).forEach(it -> cells.add(Cell.of(verb, one, "kube-node-lease", it)));
                }
            }
        }
        for (var path : PATHS) {
            METHODS.forEach(method -> cells.add(Cell.path(method, path)));
        }
        return cells;
    }

    /// Named and not; where nodes have objects of their own, those too.
    private static List<String> names(Served one) {
        return switch (one.resource()) {
            case "nodes", "leases", "csinodes" -> List.of("", "held", "other", "node-1", "node-2");
            default -> List.of("", "held", "other");
        };
    }

    private boolean reviewed(Identity who, Cell cell) {
        var groups = "\"" + String.join("\",\"", who.groups()) + "\"";
        var what =
                cell.path().isEmpty()
                        ? ("\"resourceAttributes\":{\"verb\":\"%s\",\"group\":\"%s\","
                                        + "\"resource\":\"%s\",\"subresource\":\"%s\","
                                        + "\"namespace\":\"%s\",\"name\":\"%s\"}")
                                .formatted(
                                        cell.verb(),
                                        cell.group(),
                                        cell.plain(),
                                        cell.subresource(),
                                        cell.namespace(),
                                        cell.name())
                        : "\"nonResourceAttributes\":{\"verb\":\"%s\",\"path\":\"%s\"}"
                                .formatted(cell.verb(), cell.path());
        var body =
                "{\"spec\":{\"user\":\"%s\",\"groups\":[%s],%s}}"
                        .formatted(who.name(), groups, what);
        var answer =
                cluster.client()
                        .send(
                                Request.of(
                                                "POST",
                                                "/apis/authorization.k8s.io/v1/subjectaccessreviews")
                                        .withBody("application/json", Payload.of(body)));
        return switch (answer) {
            case Response.Full full when full.status() == 201 ->
                    Json.of(true).equals(status(full).get("allowed"));
            default -> throw new AssertionError(cell + " " + answer);
        };
    }

    private static Json.Obj status(Response.Full answer) {
        return JsonReader.readObject(answer.body().bytes()).object("status");
    }

    /// A request and the question that it is to the authorizer.
    private record Asked(Cell cell, Request request) {

        Asked as(Identity who) {
            var headers = request.headers().with("Impersonate-User", who.name());
            for (var group : who.groups()) {
                headers = headers.with("Impersonate-Group", group);
            }
            return new Asked(cell, request.withHeaders(headers));
        }
    }

    private List<Asked> requests() {
        var all = new ArrayList<Asked>();
        for (var one : served) {
            for (var namespace : one.namespaced() ? List.of("team", "other", "") : List.of("")) {
                for (var verb : one.verbs()) {
                    all.addAll(requests(one, verb, namespace));
                }
            }
        }
        for (var path : PATHS) {
            for (var method : METHODS) {
                all.add(
                        new Asked(
                                Cell.path(method, path),
                                Request.of(method.toUpperCase(Locale.ROOT), path)));
            }
        }
        return all;
    }

    private static List<Asked> requests(Served one, String verb, String namespace) {
        var everywhere = one.namespaced() && namespace.isEmpty();
        var method = ON_ALL.get(verb);
        var subresource = one.resource().contains("/");
        if (method != null && !subresource) {
            if (everywhere && !verb.equals("list") && !verb.equals("watch")) {
                return List.of();
            }
            var unnamed = asked(one, verb, namespace, "", method, one.path(namespace, ""));
            return verb.equals("create")
                    ? List.of(unnamed)
                    : List.of(
                            unnamed,
                            asked(one, verb, namespace, "held", method, one.path(namespace, "")));
        }
        if (everywhere) {
            return List.of();
        }
        return names(one).stream()
                .filter(name -> !name.isEmpty() && !(name.equals("held") && toNode(one)))
                .map(name ->
                        asked(
                                one,
                                verb,
                                namespace,
                                name,
                                ON_ONE.getOrDefault(verb, "GET"),
                                one.path(namespace, name)))
                .toList();
    }

    /// What would be passed on to a kubelet, if the pod existed.
    private static boolean toNode(Served one) {
        return one.resource().matches("pods/(attach|exec|log|portforward|proxy)");
    }

    private static Asked asked(
            Served one, String verb, String namespace, String name, String method, String path) {
        var query = new ArrayList<String>();
        if (!method.equals("GET")) {
            query.add("dryRun=All");
        }
        if (verb.equals("watch")) {
            query.add("watch=1");
        }
        if (List.of("list", "watch", "deletecollection").contains(verb) && !name.isEmpty()) {
            query.add("fieldSelector=metadata.name%3D" + name);
        }
        var request = Request.of(method, path).withQuery(Query.parse(String.join("&", query)));
        var type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
        return new Asked(
                Cell.of(verb, one, namespace, name),
                method.equals("GET") ? request : request.withBody(type, Payload.of("{}")));
    }

    /// Admission may refuse what authorization lets in; its words are others.
    private static boolean letIn(Client client, Asked asked) {
        var verb = asked.cell().verb();
        return switch (client.send(asked.request())) {
            case Response.Full full when full.status() == 403 -> {
                var text = full.body().text();
                yield !text.contains(" cannot " + verb + " resource")
                        && !text.contains(" cannot " + verb + " path");
            }
            case Response.Full _, Response.Streaming _, Response.Upgrade _ -> true;
        };
    }

    /// What was compared, and where the two did not agree.
    private static final class Differences {
        private final Map<String, String> found = new TreeMap<>();
        private int compared;

        void compare(Identity who, Cell cell, boolean expected, boolean actual) {
            compared++;
            if (expected != actual) {
                found.put(who.name() + " " + cell, expected ? "refused" : "let in");
            }
        }

        void none(int atLeast) {
            assertThat(found).isEmpty();
            assertThat(compared).isGreaterThan(atLeast);
        }
    }
}
