package io.coxswain.cli.output.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class GoTemplateTest {

    private static final Json PODS =
            JsonReader.readObject(
                    """
                    {"items":[{"metadata":{"name":"a","labels":{"x":"1","y":"2"}},"n":3},
                    {"metadata":{"name":"b"}}],"empty":[]}\
                    """
                            .getBytes(StandardCharsets.UTF_8));

    private static String filled(String template) {
        return GoTemplate.parse(template).fill(PODS);
    }

    @Test
    void rangeMovesTheDotThroughAList() {
        assertThat(filled("{{range .items}}{{.metadata.name}}{{\"\\n\"}}{{end}}"))
                .isEqualTo("a\nb\n");
        assertThat(filled("{{range .empty}}x{{else}}none{{end}}")).isEqualTo("none");
    }

    @Test
    void rangeNamesIndexAndElementAndGoesThroughMapsInOrder() {
        assertThat(filled("{{range $i, $p := .items}}{{$i}}={{$p.metadata.name}} {{end}}"))
                .isEqualTo("0=a 1=b ");
        assertThat(
                        filled(
                                "{{range .items}}{{range $k, $v := .metadata.labels}}{{$k}}{{$v}}"
                                        + " {{end}}{{end}}"))
                .isEqualTo("x1 y2 ");
    }

    @Test
    void whatIsEmptyCountsAsFalse() {
        assertThat(filled("{{if .empty}}yes{{else if .items}}items{{else}}no{{end}}"))
                .isEqualTo("items");
        assertThat(filled("{{with index .items 0}}{{.metadata.name}}{{end}}")).isEqualTo("a");
        assertThat(filled("{{if and .items (not .empty)}}ok{{end}}")).isEqualTo("ok");
    }

    @Test
    void pipelinesHandOnTheirValueAsTheLastArgument() {
        assertThat(filled("{{.items | len | printf \"%d pods\"}}")).isEqualTo("2 pods");
        assertThat(filled("{{$first := index .items 0}}{{eq $first.n 3}}")).isEqualTo("true");
    }

    @Test
    void dashesTakeBlanksAway() {
        assertThat(filled("a  {{- \"b\" -}}  c")).isEqualTo("abc");
    }

    @Test
    void aFieldThatIsNotThereHasNoValue() {
        assertThat(filled("{{.nope.deeper}}")).isEqualTo("<no value>");
    }

    @Test
    void brokenTemplatesAreRefused() {
        assertThatThrownBy(() -> filled("{{range .items}}"))
                .hasMessage(
                        "error parsing template {{range .items}}, template: output:1: unexpected"
                                + " EOF");
        assertThatThrownBy(() -> filled("{{foo}}"))
                .hasMessageEndingWith("function \"foo\" not defined");
        assertThatThrownBy(() -> filled("{{.x")).hasMessageEndingWith("unclosed action");
        assertThatThrownBy(() -> filled("{{end}}")).hasMessageEndingWith("unexpected {{end}}");
    }
}
