package io.coxswain.api.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborTest {

    @Test
    void writesTextsAsByteStringsBehindTheTagOfTheFormat() {
        var bytes = CborWriter.write(json("{\"a\":\"b\",\"n\":[1,-1,256,null,true]}"));

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo(
                        "d9d9f7" + "a2" + "4161" + "4162" + "416e" + "85" + "01" + "20" + "190100"
                                + "f6" + "f5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"a\":{\"b\":[{},{\"c\":null}]}}",
                "[0,23,24,255,256,65535,65536,4294967295,4294967296,9223372036854775807]",
                "[-1,-24,-25,-256,-257,-9223372036854775808]",
                "[1.5,0.1,100000.25,-2.5e300]",
                "\"ünïcode ✓\"",
            })
    void readsWhatItWrote(String text) {
        assertThat(CborReader.read(CborWriter.write(json(text)))).isEqualTo(json(text));
    }

    @ParameterizedTest
    @CsvSource({
        "6161, '\"a\"'", // a text string
        "d64161, '\"YQ==\"'", // bytes to be shown in base64
        "c074323031332d30332d32315432303a30343a30305a, '\"2013-03-21T20:04:00Z\"'",
        "c11a514b67b0, '\"2013-03-21T20:04:00Z\"'",
        "d9d9f7f6, 'null'",
    })
    void readsOtherFormsOfTheSame(String hex, String json) {
        assertThat(read(hex)).isEqualTo(json(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "9f01ff",
                "5f4161ff",
                "1bffffffffffffffff",
                "f97e00",
                "f7",
                "f0",
                "a20102",
                "a241610141610202",
                "a24161014161f6",
                "c249010000000000000000",
                "0101",
                "61ff",
                "9affffffff",
                "5b7fffffffffffffff",
                "1c",
            })
    void refusesWhatJsonCannotSay(String hex) {
        assertThatThrownBy(() -> read(hex)).isInstanceOf(DecodeError.class);
    }

    @Test
    void refusesDeepNesting() {
        assertThatThrownBy(() -> read("81".repeat(100_000) + "00"))
                .isInstanceOf(DecodeError.class)
                .hasMessageContaining("nested");
    }

    private static Json read(String hex) {
        return CborReader.read(HexFormat.of().parseHex(hex));
    }

    private static Json json(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(JsonWriter.write(JsonReader.read(bytes))).isNotEmpty();
        return JsonReader.read(bytes);
    }
}
