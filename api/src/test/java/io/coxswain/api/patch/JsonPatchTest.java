package io.coxswain.api.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.schema.ApiError;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Where the server's JSON patch is not what RFC 6902 says, but what Kubernetes does.
class JsonPatchTest {

    @Test
    void replaceSetsAFieldThatIsMissing() {
        assertThat(
                        patched(
                                "{\"spec\":{}}",
                                "[{\"op\":\"replace\",\"path\":\"/spec/a\",\"value\":1}]"))
                .isEqualTo("{\"spec\":{\"a\":1}}");
    }

    @Test
    void replaceMakesNoParents() {
        assertThatThrownBy(() ->
                        patched("{}", "[{\"op\":\"replace\",\"path\":\"/spec/a\",\"value\":1}]"))
                .isInstanceOf(ApiError.class);
    }

    @Test
    void replaceDoesNotGrowAList() {
        assertThatThrownBy(() ->
                        patched(
                                "{\"a\":[]}",
                                "[{\"op\":\"replace\",\"path\":\"/a/0\",\"value\":1}]"))
                .isInstanceOf(ApiError.class);
    }

    private static String patched(String object, String patch) {
        var result =
                JsonPatch.read(patch.getBytes(StandardCharsets.UTF_8))
                        .apply(JsonReader.read(object.getBytes(StandardCharsets.UTF_8)));
        return new String(JsonWriter.write(result), StandardCharsets.UTF_8);
    }
}
