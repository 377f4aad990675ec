package io.coxswain.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String again(String text) {
        return new String(JsonWriter.write(JsonReader.read(utf8(text))), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "9223372036854775807 | 9223372036854775807",
                "-9223372036854775808 | -9223372036854775808",
                "9223372036854775808 | 9223372036854776000",
                "1.0 | 1",
                "-0 | 0",
                "-0.0 | -0",
                "1e3 | 1000",
                "1.5e-7 | 1.5e-7",
                "0.000001 | 0.000001",
                "1e21 | 1e+21",
                "1.25e30 | 1.25e+30",
                "123456789012345680000 | 123456789012345680000",
                "\"\\u00e9\\ud83d\\ude00\" | \"\u00e9\ud83d\ude00\"",
                "\"\\u0001\\b\\f\\u007f\" | \"\\u0001\\b\\f\u007f\"",
                "\"<a&b>\" | \"\\u003ca\\u0026b\\u003e\"",
                "\"\\u2028\" | \"\\u2028\"",
                "[1,[],{},null,true] | [1,[],{},null,true]",
            })
    void writesValuesAsGoDoes(String text, String written) {
        assertThat(again(text)).isEqualTo(written);
    }

    @Test
    void acceptsTenThousandLevelsAndNoMore() {
        var most = "[".repeat(10_000) + "]".repeat(10_000);
        var tooMany = "[".repeat(10_001) + "]".repeat(10_001);

        assertThat(again(most)).isEqualTo(most);
        assertThatThrownBy(() -> JsonReader.read(utf8(tooMany)))
                .isInstanceOf(DecodeError.class)
                .hasMessage("exceeded max depth");
    }

    @Test
    void tellsRepeatedFieldsAndKeepsTheLast() {
        var repeated = new ArrayList<String>();

        var value =
                JsonReader.read(
                        utf8("{\"a\":[{\"b\":1,\"b\":2}],\"a\":[{\"b\":3}]}"), repeated::add);

        assertThat(repeated).containsExactly("a[0].b", "a");
        assertThat(value).isEqualTo(JsonReader.read(utf8("{\"a\":[{\"b\":3}]}")));
    }

    @Test
    void indentsLikeGo() {
        var value = JsonReader.read(utf8("{\"b\":[1,{\"c\":{}}],\"a\":[]}"));

        assertThat(JsonWriter.prettySorted(value, 4))
                .isEqualTo(
                        """
                        {
                            "a": [],
                            "b": [
                                1,
                                {
                                    "c": {}
                                }
                            ]
                        }\
                        """);
        assertThat(new String(JsonWriter.canonical(value), StandardCharsets.UTF_8))
                .isEqualTo("{\"a\":[],\"b\":[1,{\"c\":{}}]}");
    }

    @Test
    void refusesNumbersThatNoFloatHolds() {
        assertThatThrownBy(() -> JsonReader.read(utf8("1e400")))
                .hasMessage("json: cannot unmarshal number 1e400 into Go value of type float64");
    }
}
