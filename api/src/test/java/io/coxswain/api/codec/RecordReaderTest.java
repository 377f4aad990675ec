package io.coxswain.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.apiextensions.CustomResourceDefinition.JSONSchemaProps;
import io.coxswain.api.apps.Deployment;
import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Pod;
import io.coxswain.api.json.DecodeError;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordReaderTest {

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String error(Class<?> type, String json) {
        try {
            RecordReader.read(type, utf8(json));
            return "";
        } catch (DecodeError e) {
            return e.getMessage();
        }
    }

    @Test
    void namesUnknownAndRepeatedFieldsWithTheirPaths() {
        var problems = new Problems();

        RecordReader.read(
                Deployment.class,
                utf8(
                        """
                        {"kind":"Deployment","apiVersion":"apps/v1",
                         "metadata":{"name":"a","name":"b"},
                         "spec":{"template":{"metadata":{"labels":{"a":"1","a":"2"}},
                          "spec":{"containers":[
                          {"name":"c","imagePulPolicy":"x","ports":[{"containerport":80}]}]}},
                          "replica":1,"replicas":1,"replicas":2}}\
                        """),
                problems);

        assertThat(problems.all())
                .containsExactly(
                        "duplicate field \"metadata.name\"",
                        "duplicate field \"spec.template.metadata.labels.a\"",
                        "unknown field \"spec.template.spec.containers[0].imagePulPolicy\"",
                        "unknown field \"spec.template.spec.containers[0].ports[0].containerport\"",
                        "unknown field \"spec.replica\"",
                        "duplicate field \"spec.replicas\"");
        assertThat(problems.kind()).isEqualTo("Deployment");
        assertThat(problems.apiVersion()).isEqualTo("apps/v1");
    }

    static Stream<Arguments> wrongTypes() {
        return Stream.of(
                Arguments.of(
                        "{\"spec\":{\"hostNetwork\":\"yes\"}}",
                        "json: cannot unmarshal string into Go struct field"
                                + " PodSpec.spec.hostNetwork"
                                + " of type bool"),
                Arguments.of(
                        "{\"spec\":{\"terminationGracePeriodSeconds\":1.5}}",
                        "json: cannot unmarshal number 1.5 into Go struct field"
                                + " PodSpec.spec.terminationGracePeriodSeconds of type int64"),
                Arguments.of(
                        "{\"spec\":{\"nodeSelector\":{\"a\":1}}}",
                        "json: cannot unmarshal number into Go struct field"
                                + " PodSpec.spec.nodeSelector of type string"),
                Arguments.of(
                        "{\"spec\":{\"containers\":[{\"resources\":"
                                + "{\"limits\":{\"cpu\":\"abc\"}}}]}}",
                        "quantities must match the regular expression"
                                + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"),
                Arguments.of(
                        "{\"spec\":{\"containers\":[{\"ports\":"
                                + "[{\"containerPort\":99999999999}]}]}}",
                        "json: cannot unmarshal number 99999999999 into Go struct field"
                                + " ContainerPort.spec.containers.ports.containerPort of"
                                + " type int32"),
                Arguments.of(
                        "{\"spec\":{\"containers\":\"x\"}}",
                        "json: cannot unmarshal string into Go struct field"
                                + " PodSpec.spec.containers of"
                                + " type []v1.Container"),
                Arguments.of(
                        "{\"metadata\":\"x\"}",
                        "json: cannot unmarshal string into Go struct field Pod.metadata of type"
                                + " v1.ObjectMeta"),
                Arguments.of(
                        "{\"spec\":5}",
                        "json: cannot unmarshal number into Go struct field Pod.spec of"
                                + " type v1.PodSpec"),
                Arguments.of("[]", "json: cannot unmarshal array into Go value of type v1.Pod"),
                Arguments.of(
                        "{\"metadata\":{\"creationTimestamp\":\"x\"}}",
                        "parsing time \"x\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"x\" as"
                                + " \"2006\""));
    }

    @ParameterizedTest
    @MethodSource("wrongTypes")
    void complainsAboutTypesInGosWords(String json, String words) {
        assertThat(error(Pod.class, json)).isEqualTo(words);
    }

    static Stream<Arguments> wrongSyntax() {
        return Stream.of(
                Arguments.of("", "unexpected end of JSON input"),
                Arguments.of("{\"spec\":{", "unexpected end of JSON input"),
                Arguments.of(
                        "{\"spec\":{\"priority\":01}}",
                        "invalid character '1' after object key:value pair"),
                Arguments.of(
                        "{\"spec\":{\"priority\":-}}", "invalid character '}' in numeric literal"),
                Arguments.of(
                        "{\"metadata\":{\"name\":\"\\q\"}}",
                        "invalid character 'q' in string escape code"),
                Arguments.of("{} {}", "invalid character '{' after top-level value"),
                Arguments.of("{}x", "invalid character 'x' after top-level value"),
                Arguments.of("{\"spec\":5}x", "invalid character 'x' after top-level value"),
                Arguments.of(
                        "{'a':1}",
                        "invalid character '\\'' looking for beginning of object key string"),
                Arguments.of("{\"a\" 1}", "invalid character '1' after object key"),
                Arguments.of(
                        "{\"a\":tru}", "invalid character '}' in literal true (expecting 'e')"),
                Arguments.of("{\"a\":[1 2]}", "invalid character '2' after array element"));
    }

    @ParameterizedTest
    @MethodSource("wrongSyntax")
    void complainsAboutSyntaxInGosWords(String json, String words) {
        assertThat(error(Pod.class, json)).isEqualTo(words);
    }

    @Test
    void readsEscapedFieldNamesAndValues() {
        var pod =
                RecordReader.read(Pod.class, utf8("{\"metadata\":{\"n\\u0061me\":\"\\u0061b\"}}"));

        assertThat(pod.name()).isEqualTo("ab");
    }

    @Test
    void ofARepeatedObjectTheLastCounts() {
        var problems = new Problems();

        var pod =
                RecordReader.read(
                        Pod.class,
                        utf8("{\"metadata\":{\"name\":\"a\"},\"metadata\":{\"name\":\"b\"}}"),
                        problems);

        assertThat(new String(RecordWriter.write(pod), StandardCharsets.UTF_8))
                .containsOnlyOnce("metadata");
        assertThat(pod.name()).isEqualTo("b");
        assertThat(problems.all()).containsExactly("duplicate field \"metadata\"");
    }

    @Test
    void nullMeansAbsentAndInMapsEmpty() {
        var map =
                RecordReader.read(
                        ConfigMap.class, utf8("{\"data\":{\"a\":null},\"metadata\":null}"));

        assertThat(map.data()).containsEntry("a", "");
        assertThat(map.metadata().name()).isEmpty();
    }

    @Test
    void boundsTheDepthOfRecords() {
        var deep = "{\"not\":".repeat(9000) + "{}" + "}".repeat(9000);

        assertThatThrownBy(() -> RecordReader.read(JSONSchemaProps.class, utf8(deep)))
                .isInstanceOf(DecodeError.class)
                .hasMessage("exceeded max depth");
    }

    @Test
    void writesWhatItReadInCanonicalForm() {
        var json =
                """
                {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"default",\
                "creationTimestamp":"2026-01-02T03:04:05Z","labels":{"a":"1","b":"<&>"}},\
                "spec":{"containers":[{"name":"c","image":"i","ports":[{"containerPort":80}],\
                "resources":{"limits":{"cpu":"500m","memory":"128Mi"}},\
                "livenessProbe":{"httpGet":{"port":"http"},"periodSeconds":3}}],"priority":0},\
                "status":{"conditions":[{"type":"Ready","status":"True","lastProbeTime":null,\
                "lastTransitionTime":"2026-01-02T03:04:05Z"}]}}\
                """;

        var written = RecordWriter.write(RecordReader.read(Pod.class, utf8(json)));

        assertThat(new String(written, StandardCharsets.UTF_8))
                .isEqualTo(
                        json.replace("<", "\\u003c")
                                .replace(">", "\\u003e")
                                .replace("&", "\\u0026"));
    }

    @Test
    void leavesAGapForTheResourceVersion() {
        var pod = RecordReader.read(Pod.class, utf8("{\"metadata\":{\"name\":\"a\"}}"));

        var encoded = RecordWriter.encode(pod);

        var text = new String(encoded.bytes(), StandardCharsets.UTF_8);
        assertThat(text.substring(0, encoded.revisionGap())).endsWith("\"resourceVersion\":\"");
        assertThat(text.substring(encoded.revisionGap())).startsWith("\"}");
    }
}
