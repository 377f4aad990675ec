package io.coxswain.cli.describe;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.json.JsonReader;
import io.coxswain.cli.server.Trees;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleTableTest {

    private static List<List<String>> rows(String rules) {
        var text = "{\"rules\":" + rules + "}";
        var role = JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8));
        return RuleTable.rows(Trees.objects(role, "rules"));
    }

    @Test
    void eachResourceIsARowWithTheVerbsOfAllItsRules() {
        assertThat(
                        rows(
                                """
                                [{"apiGroups":[""],"resources":["pods","pods/log"],"verbs":["get"]},
                                {"apiGroups":[""],"resources":["pods"],"verbs":["list"]},
                                {"apiGroups":["apps"],"resources":["deployments/scale"],
                                "resourceNames":["web"],"verbs":["*"]}]\
                                """))
                .containsExactly(
                        List.of("deployments.apps/scale", "[]", "[web]", "[*]"),
                        List.of("pods", "[]", "[]", "[get list]"),
                        List.of("pods/log", "[]", "[]", "[get]"));
    }

    @Test
    void aUrlIsARow() {
        assertThat(rows("[{\"nonResourceURLs\":[\"/healthz\"],\"verbs\":[\"get\"]}]"))
                .containsExactly(List.of("", "[/healthz]", "[]", "[get]"));
    }
}
