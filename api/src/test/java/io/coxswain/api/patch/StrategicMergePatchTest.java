package io.coxswain.api.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.apps.Deployment;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Service;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Schema;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategicMergePatchTest {

    private static Json.Obj tree(String yaml) {
        return (Json.Obj) Yaml.read(yaml);
    }

    private static String text(Json value) {
        return new String(JsonWriter.write(value), StandardCharsets.UTF_8).replace("\"", "");
    }

    private static String pod(String spec, String patch) {
        var patched =
                StrategicMergePatch.apply(
                        tree("{spec: " + spec + "}"),
                        tree("{spec: " + patch + "}"),
                        Schema.of(Pod.class));
        return text(patched.object("spec"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{containers: [{name: a, image: x}, {name: b, image: x}]} |"
                        + " {containers: [{name: b, image: w}]} |"
                        + " {containers:[{name:a,image:x},{name:b,image:w}]}",
                "{containers: [{name: a}, {name: b}]} | {containers: [{name: c}]} |"
                        + " {containers:[{name:c},{name:a},{name:b}]}",
                "{containers: [{name: a}, {name: b}]} | {containers: [{name: a, $patch: delete}]} |"
                        + " {containers:[{name:b}]}",
                "{containers: [{name: a}]} | {containers: [{name: z}, {$patch: replace}]} |"
                        + " {containers:[{name:z}]}",
                "{containers: [{name: a, env: [{name: E, value: '1'}]}]} |"
                        + " {containers: [{name: a, env: [{name: F, value: '2'}]}]} |"
                        + " {containers:[{name:a,env:[{name:F,value:2},{name:E,value:1}]}]}",
                "{containers: [{name: a, env: [{name: E}]}]} |"
                        + " {containers: [{name: a, env: null}]} | {containers:[{name:a}]}",
                "{tolerations: [{key: a}]} | {tolerations: [{key: b}]} | {tolerations:[{key:b}]}",
                "{nodeSelector: {a: '1', b: '2'}} | {nodeSelector: {a: null, c: '3'}} |"
                        + " {nodeSelector:{b:2,c:3}}",
                "{nodeSelector: {a: '1'}} | {nodeSelector: {$patch: replace, c: '3'}} |"
                        + " {nodeSelector:{c:3}}",
                "{nodeSelector: {a: '1'}} | {nodeSelector: {$patch: delete}} | {nodeSelector:{}}",
                "{containers: [{name: a}, {name: b}]} |"
                        + " {$setElementOrder/containers: [{name: b}, {name: a}]} |"
                        + " {containers:[{name:b},{name:a}]}",
                "{volumes: [{name: v, emptyDir: {}}]} |"
                        + " {volumes: [{name: v, $retainKeys: [name, hostPath], hostPath:"
                        + " {path: /x}}]} |"
                        + " {volumes:[{name:v,hostPath:{path:/x}}]}",
                "{a: 1} | {containers: [{name: a, env: null}]} | {a:1,containers:[{name:a}]}",
            })
    void mergesAsUpstreamDoes(String spec, String patch, String result) {
        assertThat(pod(spec, patch)).isEqualTo(result);
    }

    @Test
    void mergesServicePortsByPortNumber() {
        var patched =
                StrategicMergePatch.apply(
                        tree("{spec: {ports: [{name: a, port: 80}, {name: b, port: 81}]}}"),
                        tree("{spec: {ports: [{port: 80, targetPort: 8080}]}}"),
                        Schema.of(Service.class));

        assertThat(text(patched))
                .isEqualTo("{spec:{ports:[{name:a,port:80,targetPort:8080},{name:b,port:81}]}}");
    }

    @Test
    void deletesFromListsOfScalars() {
        var patched =
                StrategicMergePatch.apply(
                        tree("{metadata: {finalizers: [a, b, c]}}"),
                        tree(
                                "{metadata: {$deleteFromPrimitiveList/finalizers: [b],"
                                        + " $setElementOrder/finalizers: [d, a, c],"
                                        + " finalizers: [d]}}"),
                        Schema.of(Pod.class));

        assertThat(text(patched)).isEqualTo("{metadata:{finalizers:[d,a,c]}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{containers: [{image: noname}]} |"
                        + " map: map[image:noname] does not contain declared merge key: name",
                "{containers: [{name: b, $patch: frobnicate}]} |"
                        + " unknown patch type: frobnicate in map: map[$patch:frobnicate name:b]",
            })
    void refusesWhatMakesNoSense(String patch, String message) {
        assertThatThrownBy(() -> pod("{containers: [{name: a}]}", patch))
                .isInstanceOf(ApiError.class)
                .hasMessage(message);
    }

    @Test
    void aPatchThatIsTooDeepIsRefused() {
        var deep = new Json.Obj(new java.util.LinkedHashMap<>());
        for (var i = 0; i < 200_000; i++) {
            deep = Json.EMPTY.with("a", deep);
        }
        var patch = deep;

        assertThatThrownBy(() -> MergePatch.apply(patch, patch))
                .isInstanceOf(ApiError.class)
                .hasMessage("exceeded max depth");
    }

    @Test
    void threeWayKeepsWhatOthersSetAndRemovesWhatWasDropped() {
        var original =
                tree(
                        "{spec: {replicas: 2, paused: true, template: {spec: {containers: "
                                + "[{name: a, image: x}, {name: old}]}}}}");
        var modified =
                tree(
                        "{spec: {replicas: 2, template: {spec: {containers: [{name: a,"
                                + " image: w}]}}}}");
        var current =
                tree(
                        "{spec: {replicas: 5, paused: true, template: {spec: {containers:"
                                + " [{name: a, image: x, stdin: true}, {name: old}, {name:"
                                + " injected}]}}}}");
        var schema = Schema.of(Deployment.class);

        var patch = StrategicDiff.threeWay(original, modified, current, schema);

        assertThat(text(StrategicMergePatch.apply(current, patch, schema)))
                .isEqualTo(
                        "{spec:{replicas:2,template:{spec:{containers:[{name:a,image:w,stdin:true},"
                                + "{name:injected}]}}}}");
        assertThat(text(patch))
                .isEqualTo(
                        "{spec:{paused:null,template:{spec:{"
                                + "containers:[{image:w,name:a},{name:old,$patch:delete}],"
                                + "$setElementOrder/containers:[{name:a}]}},replicas:2}}");
    }

    @Test
    void twoWayDiffsApplyToGiveTheModifiedObject() {
        var from = tree("{spec: {strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}}}");
        var to = tree("{spec: {strategy: {type: Recreate}}}");
        var schema = Schema.of(Deployment.class);

        var patch = StrategicDiff.twoWay(from, to, schema);

        assertThat(text(patch))
                .isEqualTo(
                        "{spec:{strategy:{type:Recreate,rollingUpdate:null,$retainKeys:[type]}}}");
        assertThat(StrategicMergePatch.apply(from, patch, schema)).isEqualTo(to);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{a: 1} | [{op: add, path: /b, value: 2}] | {a:1,b:2}",
                "{a: [1, 2]} | [{op: add, path: /a/1, value: 9}] | {a:[1,9,2]}",
                "{a: [1, 2]} | [{op: add, path: /a/-, value: 9}] | {a:[1,2,9]}",
                "{a: [1, 2]} | [{op: remove, path: /a/0}] | {a:[2]}",
                "{a: {b: 1}} | [{op: move, from: /a/b, path: /c}] | {a:{},c:1}",
                "{a: {b: 1}} | [{op: copy, from: /a, path: /c}] | {a:{b:1},c:{b:1}}",
                "{a/b: 1, m~n: 2} | [{op: replace, path: /a~1b, value: 3}] | {a/b:3,m~n:2}",
                "{a: 1} | [{op: test, path: /x, value: null}] | {a:1}",
                "{a: 1} | [{op: test, path: /a, value: 2}] | refused",
                "{a: 1} | [{op: replace, path: /x, value: 2}] | {a:1,x:2}",
                "{a: 1} | [{op: remove, path: /x}] | refused",
                "{a: [1]} | [{op: add, path: /a/5, value: 2}] | refused",
                "{a: 1} | [{op: frob, path: /a}] | refused",
                "{a: 1} | [{op: add, path: a, value: 1}] | refused",
                "{a: 1} | [5] | refused",
            })
    void jsonPatchFollowsTheRfcButReplaceAlsoAdds(String target, String patch, String result) {
        var steps = JsonPatch.read(JsonWriter.write(Yaml.read(patch)));
        String got;
        try {
            got = text(steps.apply(Yaml.read(target)));
        } catch (ApiError e) {
            assertThat(e.code()).isEqualTo(422);
            got = "refused";
        }
        assertThat(got).isEqualTo(result);
    }

    @Test
    void limitsTheOperationsAndTheCopiesOfAJsonPatch() {
        var many = "[" + "{\"op\":\"test\",\"path\":\"/a\",\"value\":1},".repeat(10_000);
        assertThatThrownBy(() -> JsonPatch.read((many + "{}]").getBytes(StandardCharsets.UTF_8)))
                .hasMessage(
                        "Request entity too large: The allowed maximum operations in a"
                                + " JSON patch is"
                                + " 10000, got 10001");
        var doubling = "[" + "{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/a/-\"},".repeat(100);
        var patch =
                JsonPatch.read(
                        (doubling + "{\"op\":\"test\",\"path\":\"/z\"}]")
                                .getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> patch.apply(Yaml.read("{a: [1]}"))).isInstanceOf(ApiError.class);
    }

    @Test
    void mergePatchRemovesWithNullAndReplacesLists() {
        var target = tree("{a: {b: 1, c: [1]}, d: 1}");

        var patched =
                MergePatch.apply(target, tree("{a: {b: null, c: [2], x: {y: null, z: 1}}, d: 2}"));

        assertThat(text(patched)).isEqualTo("{a:{c:[2],x:{z:1}},d:2}");
        assertThat(MergePatch.apply(target, MergePatch.diff(target, patched))).isEqualTo(patched);
    }
}
