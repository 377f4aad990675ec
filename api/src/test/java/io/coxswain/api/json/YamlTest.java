package io.coxswain.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTest {

    private static Json json(String text) {
        return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String asJson(String yaml) {
        return new String(JsonWriter.write(Yaml.read(yaml)), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: yes            | {\"a\":true}",
                "a: Off            | {\"a\":false}",
                "a: y              | {\"a\":true}",
                "a: 'yes'          | {\"a\":\"yes\"}",
                "a: 0644           | {\"a\":420}",
                "a: 0o17           | {\"a\":15}",
                "a: 0x1F           | {\"a\":31}",
                "a: 1_000          | {\"a\":1000}",
                "a: 08             | {\"a\":8}",
                "a: 1.50           | {\"a\":1.5}",
                "a: 1e3            | {\"a\":1000}",
                "a: ~              | {\"a\":null}",
                "a:                | {\"a\":null}",
                "a: 2026-01-02     | {\"a\":\"2026-01-02\"}",
                "1: x              | {\"1\":\"x\"}",
                "a: {b: [1, 'c']}  | {\"a\":{\"b\":[1,\"c\"]}}",
            })
    void readsScalarsAsYaml11(String yaml, String json) {
        assertThat(asJson(yaml)).isEqualTo(json);
    }

    @Test
    void readsManyDocumentsAnchorsAndMerges() {
        var documents = Yaml.readAll("a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3\n---\n---\nc: 1\n");

        assertThat(documents)
                .containsExactly(
                        json("{\"a\":{\"p\":1,\"q\":2},\"b\":{\"q\":3,\"p\":1}}"),
                        json("{\"c\":1}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: [               | yaml: line 1: did not find expected node content",
                "a: *b              | yaml: unknown anchor 'b' referenced",
                "a: b: c            | yaml: mapping values are not allowed in this context",
            })
    void complainsAsGoYamlDoes(String yaml, String words) {
        assertThatThrownBy(() -> Yaml.readAll(yaml)).hasMessage(words);
    }

    @Test
    void tellsRepeatedKeys() {
        var repeated = new ArrayList<String>();

        Yaml.readAll("a: 1\nb: 2\na: 3\n", repeated::add);

        assertThat(repeated).containsExactly("line 3: key \"a\" already set in map");
    }

    @Test
    void refusesABombOfAliases() {
        var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (var i = 1; i < 20; i++) {
            bomb.append("a%d: &a%d [".formatted(i, i));
            bomb.append(("*a" + (i - 1) + ",").repeat(9)).append("]\n");
        }

        assertThatThrownBy(() -> Yaml.readAll(bomb.toString()))
                .hasMessage("yaml: document contains excessive aliasing");
    }

    @Test
    void writesAsGoYamlDoes() {
        var value =
                json(
                        """
                        {"kind":"Pod","a10":1,"a2":2,"list":[{"b":1,"a":[]},"x",[1,2]],"empty":{},
                         "yes":"yes","num":"1","time":"2026-01-02T03:04:05Z","text":"a\\nb\\n",
                         "keep":"a\\n\\n","strip":"a\\nb","colon":"a: b",
                         "plain":"a:b","hash":"a #b",
                         "star":"*","nothing":null,"blank":"","tab":"a\\tb","big":1e21,
                         "dash":"- a"}\
                        """);

        assertThat(Yaml.write(value))
                .isEqualTo(
                        """
                        a2: 2
                        a10: 1
                        big: 1e+21
                        blank: ""
                        colon: 'a: b'
                        dash: '- a'
                        empty: {}
                        hash: 'a #b'
                        keep: |+
                          a

                        kind: Pod
                        list:
                        - a: []
                          b: 1
                        - x
                        - - 1
                          - 2
                        nothing: null
                        num: "1"
                        plain: a:b
                        star: '*'
                        strip: |-
                          a
                          b
                        tab: "a\\tb"
                        text: |
                          a
                          b
                        time: "2026-01-02T03:04:05Z"
                        "yes": "yes"
                        """);
        assertThat(Yaml.read(Yaml.write(value))).isEqualTo(value);
    }

    @Test
    void foldsLongLines() {
        var text = "word ".repeat(30).strip();

        assertThat(Yaml.write(json("{\"a\":\"" + text + "\"}")).lines())
                .allMatch(line -> line.length() < 90)
                .hasSize(2);
        assertThat(Yaml.read(Yaml.write(Json.of(text)))).isEqualTo(Json.of(text));
    }
}
