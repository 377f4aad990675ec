package io.coxswain.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.cli.server.ResourceType;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private static final Json.Obj DOCUMENT =
            JsonReader.readObject(
                    """
                    {"components":{"schemas":{
                    "x.Widget":{"type":"object","description":"Does one thing and does it well.",
                    "x-kubernetes-group-version-kind":[{"group":"x","version":"v1","kind":"Widget"}],
                    "properties":{"spec":{"description":"What to do.",
                    "allOf":[{"$ref":"#/components/schemas/x.WidgetSpec"}]}}},
                    "x.WidgetSpec":{"type":"object","description":"A spec.","required":["size"],
                    "properties":{"size":{"type":"integer","description":"How big."},
                    "mode":{"type":"string","enum":["","A","B","C","D"]},
                    "parts":{"type":"array","items":{"$ref":"#/components/schemas/x.WidgetSpec"}},
                    "marks":{"type":"object","additionalProperties":{"type":"string"}}}}}}}\
                    """
                            .getBytes(StandardCharsets.UTF_8));

    private static final ResourceType WIDGET =
            new ResourceType(
                    "x",
                    "v1",
                    "Widget",
                    "widgets",
                    "widget",
                    true,
                    List.of(),
                    List.of(),
                    List.of("get"),
                    List.of());

    private static String explained(boolean recursive, String... path) {
        var out = new ByteArrayOutputStream();
        var schemas = new OpenApiSchemas(DOCUMENT);
        var kind = schemas.of(WIDGET);
        assertThat(kind).isNotNull();
        new Explanation(schemas, new PrintStream(out, true, StandardCharsets.UTF_8))
                .print(WIDGET, kind, List.of(path), recursive);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aKindIsItsDescriptionAndItsFields() {
        assertThat(explained(false))
                .isEqualTo(
                        """
                        GROUP:      x
                        KIND:       Widget
                        VERSION:    v1

                        DESCRIPTION:
                            Does one thing and does it well.
                        \s\s\s\s
                        FIELDS:
                          spec\t<WidgetSpec>
                            What to do.


                        """);
    }

    @Test
    void aTreeOfFieldsDoesNotFollowAKindIntoItself() {
        assertThat(explained(true, "spec"))
                .isEqualTo(
                        """
                        GROUP:      x
                        KIND:       Widget
                        VERSION:    v1

                        FIELD: spec <WidgetSpec>


                        DESCRIPTION:
                            What to do.
                            A spec.
                        \s\s\s\s
                        FIELDS:
                          marks\t<map[string]string>
                          mode\t<string>
                          enum: "", A, B, C, ....
                          parts\t<[]WidgetSpec>
                          size\t<integer> -required-

                        """);
    }

    @Test
    void aFieldOfTheItemsOfAListIsFound() {
        assertThat(explained(false, "spec", "parts", "size"))
                .contains("FIELD: size <integer>\n\n\nDESCRIPTION:\n    How big.\n");
    }

    @Test
    void aFieldThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> explained(false, "spec", "nope"))
                .hasMessage("field \"nope\" does not exist");
    }
}
