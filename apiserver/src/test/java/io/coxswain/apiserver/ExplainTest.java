package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.json.Json;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// What `kubectl explain` has to say.
class ExplainTest {

    @Test
    void everyFieldOfABuiltInKindIsDescribed() {
        var bare = new ArrayList<String>();
        try (var server = new TestServer()) {
            var types = server.admin().get("/openapi/v2").json().object("definitions");
            types.fields().forEach((type, schema) -> {
                if (type.startsWith("io.k8s.api.")) {
                    ((Json.Obj) schema)
                            .object("properties")
                            .fields()
                            .forEach((field, property) -> {
                                var text = ((Json.Obj) property).text("description");
                                if (text.isEmpty() || text.equals(words(field))) {
                                    bare.add(type + "." + field);
                                }
                            });
                }
            });
        }
        assertThat(bare).isEmpty();
    }

    /// What stands in for a text that nobody has written.
    private static String words(String field) {
        var spaced =
                field.replaceAll("([a-z0-9])([A-Z])", "$1 $2")
                        .replaceAll("([A-Z]+)([A-Z][a-z])", "$1 $2");
        return spaced.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                + spaced.substring(1)
                + ".";
    }
}
