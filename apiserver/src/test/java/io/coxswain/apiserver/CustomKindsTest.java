package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Kinds that a definition brings, through the whole server.
class CustomKindsTest {

    private static final String DEFINITIONS =
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final String DEFINITION = DEFINITIONS + "/widgets.example.com";
    private static final String GROUP = "/apis/example.com";
    private static final String WIDGETS = GROUP + "/v1/namespaces/default/widgets";

    private static final String SPEC =
            """
            {type: object, properties: {
              size: {type: integer, minimum: 0},
              color: {type: string, default: red},
              names: {type: array, maxItems: 5, items: {type: string, maxLength: 10}},
              fixed: {type: string, maxLength: 10,
                      x-kubernetes-validations: [{rule: self == oldSelf, message: is fixed}]}},
              x-kubernetes-validations: [
                {rule: "!has(self.size) || self.size < 100", message: too large,
                 reason: FieldValueForbidden, fieldPath: .size}]}\
            """;

    private final TestServer server = new TestServer();
    private final TestServer.Caller admin = server.admin();

    @BeforeEach
    void define() {
        assertThat(admin.post(DEFINITIONS, definition(SPEC)).status()).isEqualTo(201);
        server.settle();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aDefinitionIsEstablishedAndDiscovered() {
        var definition = admin.get(DEFINITION);
        assertThat(definition.at("status", "conditions", "0", "type")).isEqualTo("NamesAccepted");
        assertThat(definition.at("status", "conditions", "1", "reason"))
                .isEqualTo("InitialNamesAccepted");
        assertThat(definition.at("status", "acceptedNames", "listKind")).isEqualTo("WidgetList");

        var resources = admin.get(GROUP + "/v1");
        assertThat(resources.at("resources", "0", "name")).isEqualTo("widgets");
        assertThat(resources.at("resources", "1", "name")).isEqualTo("widgets/scale");
        assertThat(admin.get("/openapi/v3/apis/example.com/v1").text())
                .contains("com.example.v1.Widget");
        assertThat(admin.get("/openapi/v2").text()).contains("com.example.v1.Widget");
    }

    @Test
    void objectsArePrunedDefaultedCheckedAndCounted() {
        var made = admin.post(WIDGETS, widget("a", "{size: 1, typo: 2}"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("spec", "color")).isEqualTo("red");
        assertThat(made.at("spec", "typo")).isEmpty();
        assertThat(made.warnings().toString()).contains("unknown field");

        assertThat(admin.merge(WIDGETS + "/a", "{spec: {size: 2}}").at("metadata", "generation"))
                .isEqualTo("2");
        assertThat(admin.merge(WIDGETS + "/a", "{spec: {size: -1}}").message())
                .contains(
                        "spec.size: Invalid value: -1: spec.size in body should be greater than or"
                                + " equal to 0");
        assertThat(admin.strategic(WIDGETS + "/a", "{spec: {size: 2}}").status()).isEqualTo(415);
        assertThat(admin.get(WIDGETS).names()).containsExactly("a");
        assertThat(admin.get(WIDGETS).at("kind")).isEqualTo("WidgetList");
        assertThat(admin.delete(WIDGETS + "/a").status()).isEqualTo(200);
        assertThat(admin.get(WIDGETS + "/a").status()).isEqualTo(404);
    }

    @Test
    void strictValidationRefusesUnknownFields() {
        var refused =
                admin.post(WIDGETS + "?fieldValidation=Strict", widget("a", "{size: 1, typo: 2}"));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.message()).contains("unknown field \"spec.typo\"");
    }

    @Test
    void rulesRefuseWhatBreaksThem() {
        assertThat(admin.post(WIDGETS, widget("a", "{size: 100}")).message())
                .isEqualTo("Widget.example.com \"a\" is invalid: spec.size: Forbidden: too large");
        assertThat(admin.post(WIDGETS, widget("a", "{fixed: x}")).status()).isEqualTo(201);
        assertThat(admin.merge(WIDGETS + "/a", "{spec: {fixed: z}}").message())
                .isEqualTo(
                        "Widget.example.com \"a\" is invalid: spec.fixed: Invalid value: \"z\":"
                                + " is fixed");
    }

    @Test
    void aRuleThatCostsTooMuchIsRefused() {
        var dear =
                """
                {type: object, properties: {names: {type: array, items: {type: string},
                 x-kubernetes-validations: [{rule: "self.all(a, self.all(b, a == b))"}]}}}\
                """;

        var refused = admin.merge(DEFINITION, patch(dear));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.message()).contains("exceeds budget by factor of more than 100x");
    }

    @Test
    void aRuleThatDoesNotCompileIsRefused() {
        var wrong = "{type: object, x-kubernetes-validations: [{rule: self +}]}";

        assertThat(admin.merge(DEFINITION, patch(wrong)).message())
                .contains("compilation failed: ERROR: <input>:1:7");
    }

    @Test
    void theStatusIsApartAndTheScaleIsPartOfIt() {
        admin.post(WIDGETS, widget("a", "{size: 3}"));
        admin.merge(WIDGETS + "/a/status", "{spec: {size: 9}, status: {ready: 2}}");

        var scale = admin.get(WIDGETS + "/a/scale");
        assertThat(scale.at("spec", "replicas")).isEqualTo("3");
        assertThat(scale.at("status", "replicas")).isEqualTo("2");

        admin.merge(WIDGETS + "/a/scale", "{spec: {replicas: 5}}");
        assertThat(admin.get(WIDGETS + "/a").at("spec", "size")).isEqualTo("5");
    }

    @Test
    void aWatchLivesThroughAChangeOfTheSchemaAndEndsWithTheVersion() {
        var watch = server.admin().watch(WIDGETS + "?watch=true");
        admin.post(WIDGETS, widget("a", "{size: 1, extra: x}"));
        assertThat(watch.events()).containsExactly("ADDED a");

        var wider = "{type: object, properties: {size: {type: integer}, extra: {type: string}}}";
        assertThat(admin.merge(DEFINITION, patch(wider)).status()).isEqualTo(200);
        admin.post(WIDGETS, widget("b", "{extra: x}"));
        assertThat(watch.frames()).contains("\"extra\":\"x\"");
        assertThat(watch.ended()).isFalse();

        admin.delete(DEFINITION);
        server.settle();
        watch.frames();
        watch.frames();
        assertThat(watch.ended()).isTrue();
    }

    @Test
    void deletingADefinitionDeletesItsObjects() {
        admin.post(WIDGETS, widget("a", "{size: 1}"));

        var deleted = admin.delete(DEFINITION);
        assertThat(deleted.at("metadata", "finalizers", "0"))
                .isEqualTo("customresourcecleanup.apiextensions.k8s.io");
        server.settle();

        assertThat(admin.get(DEFINITION).status()).isEqualTo(404);
        assertThat(admin.get(WIDGETS).text()).isEqualTo("404 page not found\n");
        admin.post(DEFINITIONS, definition(SPEC));
        server.settle();
        assertThat(admin.get(WIDGETS).names()).isEmpty();
    }

    @Test
    void namesThatAnotherDefinitionHasAreNotAccepted() {
        var other = definition(SPEC).replace("widgets", "gadgets");
        admin.post(DEFINITIONS, other);
        server.settle();

        var gadgets = admin.get(DEFINITIONS + "/gadgets.example.com");
        assertThat(gadgets.at("status", "conditions", "0", "reason")).isEqualTo("ListKindConflict");
        assertThat(gadgets.at("status", "conditions", "1", "status")).isEqualTo("False");
        assertThat(admin.get(GROUP + "/v1/gadgets").status()).isEqualTo(404);
    }

    @Test
    void aSchemaWithoutStructureIsRefused() {
        assertThat(admin.merge(DEFINITION, patch("{}")).message())
                .contains("properties[spec].type: Required value");
        assertThat(admin.merge(DEFINITION, patch("{type: array}")).message())
                .contains("properties[spec].items: Required value: must be specified");
    }

    private static String widget(String name, String spec) {
        return "{apiVersion: example.com/v1, kind: Widget, metadata: {name: "
                + name
                + "}, spec: "
                + spec
                + "}";
    }

    private static String patch(String spec) {
        return "{spec: {versions: " + versions(spec) + "}}";
    }

    private static String definition(String spec) {
        return """
        {apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition,
         metadata: {name: widgets.example.com},
         spec: {group: example.com, scope: Namespaced,
          names: {plural: widgets, kind: Widget, shortNames: [wd]}, versions: %s}}\
        """
                .formatted(versions(spec));
    }

    private static String versions(String spec) {
        return """
        [{name: v1, served: true, storage: true,
          subresources: {status: {}, scale: {specReplicasPath: .spec.size,
                                             statusReplicasPath: .status.ready}},
          schema: {openAPIV3Schema: {type: object, properties: {
            spec: %s, status: {type: object, properties: {ready: {type: integer}}}}}}}]\
        """
                .formatted(spec);
    }
}
