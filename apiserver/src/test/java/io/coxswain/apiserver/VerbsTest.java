package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VerbsTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private final TestServer server = new TestServer();
    private final TestServer.Caller admin = server.admin();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aCreatedObjectCarriesWhatTheServerAdds() {
        var made = admin.with("user-agent", "kubectl/v1.36").post(MAPS, "{metadata: {name: a}}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("kind")).isEqualTo("ConfigMap");
        assertThat(made.at("apiVersion")).isEqualTo("v1");
        assertThat(made.at("metadata", "uid")).hasSize(36);
        assertThat(made.at("metadata", "creationTimestamp")).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(made.at("metadata", "namespace")).isEqualTo("default");
        assertThat(made.text()).isEqualTo(admin.get(MAPS + "/a").text());
    }

    @Test
    void creatingTwiceIsAConflict() {
        admin.post(MAPS, "{metadata: {name: a}}");

        var again = admin.post(MAPS, "{metadata: {name: a}}");

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.at("reason")).isEqualTo("AlreadyExists");
        assertThat(again.message()).isEqualTo("configmaps \"a\" already exists");
        assertThat(again.at("details", "kind")).isEqualTo("configmaps");
    }

    @Test
    void aGeneratedNameStartsWithItsPrefix() {
        var made = admin.post(MAPS, "{metadata: {generateName: job-}}");

        assertThat(made.at("metadata", "name")).startsWith("job-").hasSize(9);
    }

    @Test
    void anObjectNeedsAName() {
        var refused = admin.post(MAPS, "{data: {a: b}}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.message())
                .contains("metadata.name: Required value: name or generateName is required");
    }

    @Test
    void theNamespaceOfTheBodyMustBeThatOfThePath() {
        var refused = admin.post(MAPS, "{metadata: {name: a, namespace: other}}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.message())
                .isEqualTo(
                        "the namespace of the provided object does not match the namespace sent on"
                                + " the request");
    }

    @Test
    void anUpdateWithAnOldVersionIsRefused() {
        var first = admin.post(MAPS, "{metadata: {name: a}}").revision();
        admin.merge(MAPS + "/a", "{data: {a: b}}");

        var late =
                admin.put(
                        MAPS + "/a",
                        "{metadata: {name: a, resourceVersion: \"" + first + "\"}, data: {c: d}}");

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.message())
                .isEqualTo(
                        "Operation cannot be fulfilled on configmaps \"a\": the object has been"
                                + " modified; please apply your changes to the latest version and"
                                + " try again");
    }

    @Test
    void anUpdateThatChangesNothingTakesNoRevision() {
        var first = admin.post(MAPS, "{metadata: {name: a}, data: {a: b}}").revision();
        server.clock.advance(java.time.Duration.ofMinutes(5));

        var same = admin.put(MAPS + "/a", "{metadata: {name: a}, data: {a: b}}");

        assertThat(same.revision()).isEqualTo(first);
    }

    @Test
    void anUpdateCannotChangeUidOrCreation() {
        var made = admin.post(MAPS, "{metadata: {name: a}}");

        var other = admin.put(MAPS + "/a", "{metadata: {name: a, uid: other}}");
        var past =
                admin.put(
                        MAPS + "/a",
                        "{metadata: {name: a, creationTimestamp: \"2001-01-01T00:00:00Z\"}}");

        assertThat(other.status()).isEqualTo(409);
        assertThat(past.at("metadata", "creationTimestamp"))
                .isEqualTo(made.at("metadata", "creationTimestamp"));
    }

    @Test
    void theNameOfTheBodyMustBeThatOfThePath() {
        admin.post(MAPS, "{metadata: {name: a}}");

        var refused = admin.put(MAPS + "/a", "{metadata: {name: b}}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.message())
                .isEqualTo("the name of the object (b) does not match the name on the URL (a)");
    }

    @Test
    void fourKindsOfPatchChangeAnObject() {
        admin.post(MAPS, "{metadata: {name: a}, data: {x: one}}");

        admin.merge(MAPS + "/a", "{data: {x: null, v: two}}");
        admin.strategic(MAPS + "/a", "{metadata: {labels: {app: web}}}");
        admin.send(
                "PATCH",
                MAPS + "/a",
                "application/json-patch+json",
                "[{\"op\":\"test\",\"path\":\"/data/v\",\"value\":\"two\"},"
                        + "{\"op\":\"add\",\"path\":\"/data/z\",\"value\":\"three\"}]");
        var last =
                admin.apply(
                        MAPS + "/a?fieldManager=me",
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {w: four}}");

        assertThat(last.status()).isEqualTo(200);
        assertThat(last.at("data")).isEqualTo("{\"v\":\"two\",\"w\":\"four\",\"z\":\"three\"}");
        assertThat(last.at("metadata", "labels", "app")).isEqualTo("web");
    }

    @Test
    void applyCreatesWhatIsMissingAndRefusesWhatOthersOwn() {
        var body = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: %s}}";
        var made = admin.apply(MAPS + "/a?fieldManager=one", body.formatted("one"));

        var clash = admin.apply(MAPS + "/a?fieldManager=two", body.formatted("two"));
        var forced = admin.apply(MAPS + "/a?fieldManager=two&force=true", body.formatted("two"));

        assertThat(made.status()).isEqualTo(201);
        assertThat(clash.status()).isEqualTo(409);
        assertThat(clash.message())
                .isEqualTo("Apply failed with 1 conflict: conflict with \"one\": .data.x");
        assertThat(forced.at("data", "x")).isEqualTo("two");
    }

    @Test
    void whoRemovesAFieldTakesItFromItsOwner() {
        var first = admin.with("user-agent", "one");
        first.post(MAPS, "{metadata: {name: a, finalizers: [x.example/f]}, data: {x: u, v: w}}");

        admin.with("user-agent", "two").merge(MAPS + "/a", "{data: {x: null}}");
        var after = first.merge(MAPS + "/a", "{metadata: {finalizers: null}}");

        assertThat(after.at("metadata", "managedFields"))
                .contains("\"f:v\"")
                .doesNotContain("\"f:x\"")
                .doesNotContain("x.example/f");
    }

    @Test
    void whatAnApplierNoLongerNamesGoes() {
        var path = MAPS + "/a?fieldManager=me";
        var body = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a%s}}";
        admin.apply(path, body.formatted(", finalizers: [x.example/f], labels: {app: web}"));

        var after = admin.apply(path, body.formatted(""));

        assertThat(after.status()).as(after.text()).isEqualTo(200);
        assertThat(after.at("metadata", "finalizers")).isEmpty();
        assertThat(after.at("metadata", "labels")).isEmpty();
    }

    @Test
    void applyNeedsAManager() {
        var refused =
                admin.apply(MAPS + "/a", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.message())
                .contains("fieldManager: Required value: is required for apply");
    }

    @Test
    void aPatchThatIsNoPatchIsTheClientsFault() {
        admin.post(MAPS, "{metadata: {name: a}}");

        var type = "application/merge-patch+json";
        assertThat(admin.send("PATCH", MAPS + "/a", type, "[1]").status()).isEqualTo(400);
        assertThat(admin.send("PATCH", MAPS + "/a", type, "{").status()).isEqualTo(400);
        assertThat(admin.send("PATCH", MAPS + "/a", "application/json-patch+json", "{}").status())
                .isEqualTo(400);
        assertThat(admin.send("PATCH", MAPS + "/a", "application/json", "{}").status())
                .isEqualTo(415);
        assertThat(
                        admin.send(
                                        "PATCH",
                                        MAPS + "/a?fieldManager=m",
                                        "application/apply-patch+yaml",
                                        "a: [")
                                .status())
                .isEqualTo(400);
    }

    @Test
    void aBodyThatCannotBeReadIsTheClientsFault() {
        for (var body : new String[] {"", "{", "[]", "nonsense", "{\"data\":[]}", "{\"data\":1}"}) {
            assertThat(admin.send("POST", MAPS, "application/json", body).status())
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(admin.send("POST", MAPS, "application/yaml", "a: [").status()).isEqualTo(400);
        assertThat(admin.send("POST", MAPS, "text/html", "<p>").status()).isEqualTo(415);
    }

    @Test
    void aBodyOfAnotherKindIsRefused() {
        var kind = admin.post(MAPS, "{apiVersion: v1, kind: Pod, metadata: {name: a}}");
        var version = admin.post(MAPS, "{apiVersion: v2, kind: ConfigMap, metadata: {name: a}}");

        assertThat(kind.status()).isEqualTo(400);
        assertThat(version.message())
                .isEqualTo(
                        "the API version in the data (v2) does not match the expected API version"
                                + " (v1)");
    }

    @Test
    void unknownFieldsAreRefusedWarnedAboutOrIgnored() {
        var body = "{metadata: {name: %s}, dato: {a: b}}";

        var strict = admin.post(MAPS + "?fieldValidation=Strict", body.formatted("a"));
        var warned = admin.post(MAPS, body.formatted("b"));
        var ignored = admin.post(MAPS + "?fieldValidation=Ignore", body.formatted("c"));
        var nonsense = admin.post(MAPS + "?fieldValidation=Loud", body.formatted("d"));

        assertThat(strict.status()).isEqualTo(400);
        assertThat(strict.message()).endsWith("strict decoding error: unknown field \"dato\"");
        assertThat(warned.warnings()).containsExactly("299 - \"unknown field \\\"dato\\\"\"");
        assertThat(ignored.status()).isEqualTo(201);
        assertThat(ignored.warnings()).isEmpty();
        assertThat(nonsense.status()).isEqualTo(422);
    }

    @Test
    void aDryRunChangesNothing() {
        var made = admin.post(MAPS + "?dryRun=All", "{metadata: {name: a}}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.revision()).isEmpty();
        assertThat(admin.get(MAPS + "/a").status()).isEqualTo(404);

        admin.post(MAPS, "{metadata: {name: a}}");
        admin.merge(MAPS + "/a?dryRun=All", "{data: {a: b}}");
        admin.delete(MAPS + "/a?dryRun=All");
        assertThat(admin.get(MAPS + "/a").at("data")).isEmpty();
        assertThat(admin.post(MAPS + "?dryRun=Some", "{metadata: {name: b}}").status())
                .isEqualTo(422);
    }

    @Test
    void whatIsMissingIsNotFoundByName() {
        var missing = admin.get("/apis/apps/v1/namespaces/default/deployments/web");

        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.message()).isEqualTo("deployments.apps \"web\" not found");
        assertThat(missing.at("details", "group")).isEqualTo("apps");
    }

    @Test
    void aVerbThatMakesNoSenseIsNotAllowed() {
        assertThat(admin.put(MAPS, "{}").status()).isEqualTo(405);
        assertThat(admin.post(MAPS + "/a", "{}").status()).isEqualTo(405);
        assertThat(admin.post("/api/v1/configmaps", "{metadata: {name: a}}").status())
                .isEqualTo(405);
    }

    @Test
    void unknownPathsAndResourcesAreNotFound() {
        assertThat(admin.get("/nowhere").status()).isEqualTo(404);
        assertThat(admin.get("/api/v1/widgets").status()).isEqualTo(404);
        assertThat(admin.get("/apis/none.example/v1/widgets").status()).isEqualTo(404);
        assertThat(admin.get("/api/v7/pods").status()).isEqualTo(404);
        assertThat(admin.get("/api/v1/namespaces/default/nodes").status()).isEqualTo(404);
    }

    @Test
    void pathsThatClimbGetNowhere() {
        for (var path :
                new String[] {
                    "/api/v1/namespaces/default/configmaps/..",
                    "/api/v1/namespaces/default/configmaps/../secrets",
                    "/api/v1/namespaces/../../etc",
                    "/api/../apis",
                    "/openapi/v3/../../x",
                    "/",
                    "",
                    "//",
                    "/api//v1",
                    "/apis/",
                    "/%2e%2e/api"
                }) {
            assertThat(admin.get(path).status()).as(path).isLessThan(500);
        }
    }

    @Test
    void aPatchMakesNoOtherKind() {
        admin.post(MAPS, "{metadata: {name: typed}, data: {k: v}}");
        var path = MAPS + "/typed";

        assertThat(admin.merge(path, "{kind: Secret}").message())
                .startsWith(" \"\" is invalid: patch: Invalid value: ")
                .endsWith("converting (v1.Secret) to (core.ConfigMap): unknown conversion");
        assertThat(admin.merge(path, "{apiVersion: v2}").message())
                .contains("no kind \"ConfigMap\" is registered for version \"v2\" in scheme");
        assertThat(admin.merge(path, "{kind: ConfigMap, data: {k: w}}").status()).isEqualTo(200);
    }
}
