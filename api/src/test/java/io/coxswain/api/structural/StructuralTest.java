package io.coxswain.api.structural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.Yaml;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.FieldErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StructuralTest {

    private static final Structural SCHEMA =
            Structural.of(
                    tree(
                            """
                            type: object
                            required: [spec]
                            properties:
                              spec:
                                type: object
                                required: [size]
                                properties:
                                  size: {type: integer, minimum: 1, maximum: 10}
                                  name: {type: string, maxLength: 3, pattern: '^[a-z]*$'}
                                  color: {type: string, enum: [red, blue], default: red}
                                  when: {type: string, format: date-time}
                                  port: {x-kubernetes-int-or-string: true}
                                  free: {type: object, x-kubernetes-preserve-unknown-fields: true}
                                  labels: {type: object, additionalProperties: {type: string}}
                                  tags: {type: array, maxItems: 2, x-kubernetes-list-type: set,
                                         items: {type: string}}
                            """));

    @Test
    void prunesWhatTheSchemaDoesNotKnow() {
        var unknown = new ArrayList<String>();

        var pruned =
                Pruning.prune(
                        tree("{spec: {size: 1, typo: 2, free: {x: 1}, labels: {a: b}}, other: 3}"),
                        SCHEMA,
                        unknown::add);

        assertThat(pruned).isEqualTo(tree("{spec: {size: 1, free: {x: 1}, labels: {a: b}}}"));
        assertThat(unknown).containsExactly("spec.typo", "other");
    }

    @Test
    void fillsInDefaultsAndDropsNulls() {
        var filled = Defaulting.apply(tree("{spec: {size: 1, name: null}}"), SCHEMA);

        assertThat(filled).isEqualTo(tree("{spec: {size: 1, color: red}}"));
    }

    @Test
    void saysWhatIsWrongInUpstreamsWords() {
        assertThat(problems("{spec: {size: x, name: toolong, tags: [a, b, c]}}"))
                .containsExactlyInAnyOrder(
                        "spec.size: Invalid value: \"string\": spec.size in body must be of type"
                                + " integer: \"string\"",
                        "spec.name: Too long: may not be more than 3 bytes",
                        "spec.tags: Too many: 3: must have at most 2 items");
        assertThat(problems("{}")).containsExactly("spec: Required value");
        assertThat(problems("{spec: {size: 11, color: green}}"))
                .containsExactlyInAnyOrder(
                        "spec.size: Invalid value: 11: spec.size in body should be less than or"
                                + " equal to 10",
                        "spec.color: Unsupported value: \"green\": supported values: \"red\","
                                + " \"blue\"");
        assertThat(problems("{spec: {size: 1, name: AB}}"))
                .containsExactly(
                        "spec.name: Invalid value: \"AB\": spec.name in body should match"
                                + " '^[a-z]*$'");
        assertThat(problems("{spec: {size: 1, when: noon}}"))
                .containsExactly(
                        "spec.when: Invalid value: \"noon\": spec.when in body must be of type"
                                + " date-time: \"noon\"");
        assertThat(problems("{spec: {size: 1, port: true}}")).hasSize(1);
        assertThat(problems("{spec: {size: 1, port: http}}")).isEmpty();
    }

    @Test
    void whatWasWrongBeforeMayStay() {
        var old = tree("{spec: {size: 11, name: abc}}");
        var errors = new FieldErrors();

        ValueCheck.checkUpdate(old, tree("{spec: {size: 11, name: b}}"), SCHEMA, errors);
        assertThat(errors.all()).isEmpty();

        ValueCheck.checkUpdate(old, tree("{spec: {size: 12, name: b}}"), SCHEMA, errors);
        assertThat(errors.all()).hasSize(1);
    }

    @Test
    void itemsOfASetDiffer() {
        var errors = new FieldErrors();

        ListRules.check(tree("{spec: {tags: [a, b, a]}}"), SCHEMA, errors);

        assertThat(errors.all().toString()).contains("spec.tags[2]: Duplicate value: \"a\"");
    }

    @Test
    void exactlyOneOfSaysHowManyFit() {
        var schema =
                Structural.of(
                        tree(
                                """
                                type: object
                                properties: {a: {type: string}, b: {type: string}}
                                oneOf: [{required: [a]}, {required: [b]}]
                                """));
        var errors = new FieldErrors();

        ValueCheck.check(tree("{a: x, b: y}"), schema, errors);

        assertThat(errors.all().getFirst().toString())
                .isEqualTo(
                        "<nil>: Invalid value: \"\": \"\" must validate one and only one schema"
                                + " (oneOf). Found 2 valid alternatives");
    }

    /// A schema that nests without end is refused before anybody walks through it.
    @Test
    void refusesASchemaBomb() {
        Json bomb = tree("{type: string}");
        for (var i = 0; i < 5_000; i++) {
            bomb = Json.object(Map.of("type", Json.of("array"), "items", bomb));
        }
        var deep = (Json.Obj) bomb;

        assertThatThrownBy(() -> Structural.of(deep))
                .isInstanceOf(ApiError.class)
                .hasMessageContaining("max depth");
    }

    /// Patterns that take other engines an exponential time.
    @Test
    void anEvilPatternCostsNothing() {
        var schema = Structural.of(tree("{type: string, pattern: '^(a+)+$'}"));
        var errors = new FieldErrors();

        ValueCheck.check(Json.of("a".repeat(50_000) + "!"), schema, errors);

        assertThat(errors.all()).hasSize(1);
    }

    private static List<String> problems(String object) {
        var errors = new FieldErrors();
        ValueCheck.check(tree(object), SCHEMA, errors);
        return errors.all().stream().map(Object::toString).toList();
    }

    private static Json.Obj tree(String yaml) {
        return (Json.Obj) Yaml.read(yaml);
    }
}
