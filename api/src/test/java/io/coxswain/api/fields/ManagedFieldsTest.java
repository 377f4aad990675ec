package io.coxswain.api.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.apps.Deployment;
import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.RecordType;
import io.coxswain.api.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ManagedFieldsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);

    private final ManagedFields maps = of(ConfigMap.class, "v1");
    private final ManagedFields deployments = of(Deployment.class, "apps/v1");

    private static ManagedFields of(Class<? extends Record> type, String version) {
        return new ManagedFields(
                Schema.of(type),
                RecordWriter.toTree(RecordType.of(type).empty()),
                version,
                "",
                FieldSet.of("status"));
    }

    private static Json.Obj map(String rest) {
        return (Json.Obj)
                Yaml.read(
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, uid: u}, "
                                + rest
                                + "}");
    }

    private static Json.Obj deployment(String spec) {
        return (Json.Obj)
                Yaml.read(
                        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: "
                                + spec
                                + "}");
    }

    /// `m1 Apply {...}` for every entry.
    private static String owners(Json.Obj object) {
        return object.object("metadata").items("managedFields").stream()
                .map(Json.Obj.class::cast)
                .map(e ->
                        e.text("manager")
                                + " "
                                + e.text("operation")
                                + " "
                                + text(e.object("fieldsV1")))
                .collect(Collectors.joining("; "));
    }

    private static String text(Json value) {
        return new String(JsonWriter.write(value), StandardCharsets.UTF_8)
                .replace("\\\"", "'")
                .replace("\"", "");
    }

    @Test
    void aCreatorOwnsAllItSent() {
        var created = TreeUpdates.update(maps, maps.empty(), map("data: {k: '1'}"), "u", NOW);

        assertThat(owners(created)).isEqualTo("u Update {f:data:{.:{},f:k:{}}}");
    }

    @Test
    void anApplierSharesWhatIsEqualAndConflictsOverWhatDiffers() {
        var live = TreeUpdates.update(maps, maps.empty(), map("data: {k: '1'}"), "u", NOW);

        var shared = maps.apply(live, map("data: {k: '1'}"), "m1", false, LATER);
        assertThat(owners(shared))
                .isEqualTo("m1 Apply {f:data:{f:k:{}}}; u Update {f:data:{.:{},f:k:{}}}");
        assertThat(
                        ((Json.Obj) shared.object("metadata").items("managedFields").getFirst())
                                .text("time"))
                .isEmpty();

        assertThatThrownBy(() -> maps.apply(shared, map("data: {k: '2'}"), "m1", false, LATER))
                .isInstanceOf(ApiError.class)
                .hasMessage("Apply failed with 1 conflict: conflict with \"u\" using v1: .data.k");

        var forced = maps.apply(shared, map("data: {k: '2'}"), "m1", true, LATER);
        assertThat(owners(forced)).isEqualTo("m1 Apply {f:data:{f:k:{}}}; u Update {f:data:{}}");
        assertThat(forced.object("data").text("k")).isEqualTo("2");

        var taken = TreeUpdates.update(maps, forced, map("data: {k: '3'}"), "u", LATER);
        assertThat(owners(taken)).isEqualTo("u Update {f:data:{.:{},f:k:{}}}");
    }

    @Test
    void namesAllConflictsByOwner() {
        var config = "metadata: {name: a, labels: {x: '1'}}, data: {k: '1'}";
        var base = "{apiVersion: v1, kind: ConfigMap, ";
        var live =
                maps.apply(
                        maps.empty(), (Json.Obj) Yaml.read(base + config + "}"), "m1", false, NOW);
        var other = config.replace("'1'", "'2'");

        assertThatThrownBy(() ->
                        maps.apply(
                                live, (Json.Obj) Yaml.read(base + other + "}"), "m2", false, NOW))
                .hasMessage(
                        "Apply failed with 2 conflicts: conflicts with \"m1\":\n- .data.k\n-"
                                + " .metadata.labels.x")
                .satisfies(e ->
                        assertThat(
                                        Objects.requireNonNull(((ApiError) e).status().details())
                                                .causes())
                                .extracting(c -> c.reason() + " " + c.message() + " " + c.field())
                                .containsExactly(
                                        "FieldManagerConflict conflict with \"m1\" .data.k",
                                        "FieldManagerConflict conflict with \"m1\""
                                                + " .metadata.labels.x"));
    }

    @Test
    void whatIsNoLongerAppliedGoesUnlessSomebodyElseOwnsIt() {
        var live = maps.apply(maps.empty(), map("data: {a: '1', b: '1'}"), "m1", false, NOW);
        var both = maps.apply(live, map("data: {b: '1'}"), "m2", false, NOW);

        var left = maps.apply(both, map("data: {}"), "m1", true, LATER);

        assertThat(text(left.object("data"))).isEqualTo("{b:1}");
        assertThat(owners(left)).isEqualTo("m2 Apply {f:data:{f:b:{}}}; m1 Apply {f:data:{}}");
    }

    @Test
    void listsWithKeysHaveAnOwnerPerItem() {
        var containers = "{template: {spec: {containers: [%s]}}}";
        var live =
                deployments.apply(
                        deployments.empty(),
                        deployment(
                                containers.formatted("{name: a, image: x}, {name: b, image: x}")),
                        "m1",
                        false,
                        NOW);
        assertThat(owners(live))
                .isEqualTo(
                        "m1 Apply {f:spec:{f:template:{f:spec:{f:containers:{k:{'name':'a'}:"
                                + "{.:{},f:image:{},f:name:{}},k:{'name':'b'}:"
                                + "{.:{},f:image:{},f:name:{}}}}}}}");

        assertThatThrownBy(() ->
                        deployments.apply(
                                live,
                                deployment(containers.formatted("{name: b, image: w}")),
                                "m2",
                                false,
                                NOW))
                .hasMessage(
                        "Apply failed with 1 conflict: conflict with \"m1\":"
                                + " .spec.template.spec.containers[name=\"b\"].image");

        var more =
                deployments.apply(
                        live,
                        deployment(containers.formatted("{name: z, image: z}")),
                        "m3",
                        false,
                        NOW);
        var fewer =
                deployments.apply(
                        more,
                        deployment(containers.formatted("{name: a, image: x}")),
                        "m1",
                        false,
                        NOW);

        assertThat(text(fewer.object("spec").object("template").object("spec")))
                .isEqualTo("{containers:[{name:a,image:x},{name:z,image:z}]}");
    }

    @Test
    void keysCountWithTheirDefaults() {
        var config =
                deployment(
                        "{template: {spec: {containers: [{name: a, ports:"
                                + " [{containerPort: 80}]}]}}}");

        var live = deployments.apply(deployments.empty(), config, "m1", false, NOW);

        assertThat(owners(live)).contains("f:ports:{k:{'containerPort':80,'protocol':'TCP'}:{");
    }

    @Test
    void atomicMapsHaveOneOwner() {
        var config = deployment("{selector: {matchLabels: {a: b}}, replicas: null}");

        var live = deployments.apply(deployments.empty(), config, "m1", false, NOW);

        assertThat(owners(live)).isEqualTo("m1 Apply {f:spec:{f:replicas:{},f:selector:{}}}");
    }

    @Test
    void refusesConfigurationsThatCannotBe() {
        assertThatThrownBy(() ->
                        deployments.apply(
                                deployments.empty(),
                                deployment(
                                        "{template: {spec: {containers: [{name: a}, {name: a}]}}}"),
                                "m",
                                false,
                                NOW))
                .hasMessage(
                        "failed to create typed patch object (/d; apps/v1, Kind=Deployment):"
                                + " .spec.template.spec.containers: duplicate entries for"
                                + " key [name=\"a\"]");
        assertThatThrownBy(() ->
                        deployments.apply(
                                deployments.empty(),
                                deployment("{replicas: three}"),
                                "m",
                                false,
                                NOW))
                .hasMessageContaining(
                        ".spec.replicas: expected numeric (int or float), got string");
        assertThatThrownBy(() ->
                        deployments.apply(
                                deployments.empty(), deployment("{nope: 1}"), "m", false, NOW))
                .hasMessageContaining(".spec.nope: field not declared in schema");
        assertThatThrownBy(() ->
                        maps.apply(
                                maps.empty(),
                                (Json.Obj) Yaml.read("{metadata: {managedFields: [{manager: x}]}}"),
                                "m",
                                false,
                                NOW))
                .hasMessage("metadata.managedFields must be nil");
    }

    @Test
    void foldsTheOldestUpdatersWhenThereAreTooMany() {
        var live = TreeUpdates.update(maps, maps.empty(), map("data: {}"), "u", NOW);
        for (var i = 0; i < 13; i++) {
            var data = live.object("data").with("k" + i, Json.of("v"));
            live =
                    TreeUpdates.update(
                            maps, live, live.with("data", data), "u" + i, NOW.plusSeconds(i));
        }

        assertThat(live.object("metadata").items("managedFields")).hasSize(10);
        assertThat(owners(live)).contains("ancient-changes Update {f:data:{");
    }

    @Test
    void aClientMayForgetAllOwners() {
        var live = TreeUpdates.update(maps, maps.empty(), map("data: {k: '1'}"), "u", NOW);
        var reset =
                (Json.Obj)
                        Yaml.read(
                                "{metadata: {name: a, uid: u, managedFields: [{}]},"
                                        + " data: {k: '1'}}");

        assertThat(owners(TreeUpdates.update(maps, live, reset, "u", NOW))).isEmpty();
    }

    @Test
    void applyToAnObjectThatNobodyTracksKeepsWhatWasThere() {
        var live = map("data: {k: '1', z: '1'}");

        assertThatThrownBy(() -> maps.apply(live, map("data: {k: '2'}"), "m", false, NOW))
                .hasMessage(
                        "Apply failed with 1 conflict: conflict with"
                                + " \"before-first-apply\" using v1:"
                                + " .data.k");
        assertThat(owners(TreeUpdates.update(maps, live, map("data: {k: '3'}"), "u", NOW)))
                .isEmpty();
    }

    @Test
    void aWriteThatChangesNothingKeepsTheTime() {
        var live = TreeUpdates.update(maps, maps.empty(), map("data: {k: '1'}"), "u", NOW);
        var again = TreeUpdates.update(maps, live, live, "u", LATER);

        assertThat(
                        ManagedFields.sameButTimes(
                                TreeUpdates.meta(live).managedFields(),
                                TreeUpdates.meta(again).managedFields()))
                .isTrue();
        assertThat(FieldSet.parse(FieldSet.of("a.b", "a").write()))
                .isEqualTo(FieldSet.of("a", "a.b"));
    }

    @Test
    void kubectlMayTakeWhatItAppliedBeforeServerSideApply() {
        var last =
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"},"
                        + "\"data\":{\"k\":\"1\"}}";
        var annotations =
                Json.EMPTY.with("kubectl.kubernetes.io/last-applied-configuration", Json.of(last));
        var object = map("data: {k: '1', z: '1'}");
        var annotated =
                object.with("metadata", object.object("metadata").with("annotations", annotations));
        var live =
                TreeUpdates.update(maps, maps.empty(), annotated, "kubectl-client-side-apply", NOW);

        var applied = maps.apply(live, map("data: {k: '2'}"), "kubectl", false, LATER);

        assertThat(applied.object("data").text("k")).isEqualTo("2");
        assertThat(text(applied.object("metadata").object("annotations")))
                .contains("{'apiVersion':'v1','data':{'k':'2'}");
        assertThatThrownBy(() -> maps.apply(live, map("data: {z: '2'}"), "kubectl", false, LATER))
                .hasMessage(
                        "Apply failed with 1 conflict: conflict with \"kubectl-client-side-apply\""
                                + " using v1: .data.z");
        assertThatThrownBy(() -> maps.apply(live, map("data: {k: '2'}"), "other", false, LATER))
                .isInstanceOf(ApiError.class);
    }
}
