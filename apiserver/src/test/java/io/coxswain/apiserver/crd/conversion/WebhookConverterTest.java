package io.coxswain.apiserver.crd.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.apiextensions.CustomResourceDefinition;
import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.Yaml;
import io.coxswain.apiserver.crd.Converter;
import io.coxswain.apiserver.crd.conversion.WebhookConverter.Reviewer;
import io.coxswain.apiserver.remote.CallFailed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookConverterTest {

    private static final Json.Obj OLD =
            tree("{apiVersion: e.com/v1, kind: W, metadata: {name: a, uid: u}, spec: {x: 1}}");

    @Test
    void askForAllObjectsAtOnceAndKeepTheirMetadata() {
        var converted =
                converter(review ->
                                answer(
                                        review,
                                        "{apiVersion: e.com/v2, kind: W, metadata:"
                                                + " {name: a, uid: u, generation: 9, labels: {l: m}}}"))
                        .convert(List.of(OLD), "e.com/v2");

        assertThat(converted.getFirst().object("metadata"))
                .isEqualTo(tree("{name: a, uid: u, labels: {l: m}}"));
    }

    @Test
    void anAnswerThatMakesNoSenseIsAnError() {
        assertThatThrownBy(() ->
                        converter(review -> answer(review, "{apiVersion: e.com/v3, metadata: {}}"))
                                .convert(List.of(OLD), "e.com/v2"))
                .hasMessage(
                        "conversion webhook for e.com/v1, Kind=W returned invalid converted object"
                                + " at index 0: invalid groupVersion (expected e.com/v2, received"
                                + " e.com/v3)");
        assertThatThrownBy(() ->
                        converter(review ->
                                        answer(
                                                review,
                                                "{apiVersion: e.com/v2, metadata:"
                                                        + " {name: other, uid: u}}"))
                                .convert(List.of(OLD), "e.com/v2"))
                .hasMessageContaining("must have the same name (other != a)");
        assertThatThrownBy(() ->
                        converter(
                                        review -> {
                                            throw new CallFailed("connection refused");
                                        })
                                .convert(List.of(OLD), "e.com/v2"))
                .hasMessage("conversion webhook for e.com/v1, Kind=W failed: connection refused");
    }

    private static Json.Obj answer(Json.Obj review, String object) {
        var objects = new ArrayList<Json>();
        objects.add(tree(object));
        var response = new LinkedHashMap<String, Json>();
        response.put("uid", Json.of(review.object("request").text("uid")));
        response.put("result", tree("{status: Success}"));
        response.put("convertedObjects", new Json.Arr(objects));
        return review.with("response", new Json.Obj(response));
    }

    private static Converter converter(Reviewer reviewer) {
        var definition =
                tree(
                        "{spec: {conversion: {strategy: Webhook, webhook:"
                                + " {conversionReviewVersions: [v1]}}}}");
        return WebhookConverter.of(
                RecordReader.fromTree(CustomResourceDefinition.class, definition, new Problems()),
                reviewer);
    }

    private static Json.Obj tree(String yaml) {
        return (Json.Obj) Yaml.read(yaml);
    }
}
