package io.coxswain.kubelet.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {

    private static final Map<String, String> KNOWN = Map.of("A", "1", "B", "two", "EMPTY", "");

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "$(A), 1",
        "x$(A)y$(B)z, x1ytwoz",
        "$$(A), $(A)",
        "$$$(A), $1",
        "$$$$(A), $$(A)",
        "$(MISSING), $(MISSING)",
        "$(, $(",
        "$(A, $(A",
        "$A, $A",
        "$, $",
        "a$, a$",
        "$(EMPTY)|, |",
        "$(A)$(, 1$(",
        "$(A)$, 1$",
        "foo$(B)$$bar, footwo$bar",
    })
    void referencesAreReplacedAndTheRestStays(String text, String expanded) {
        assertThat(Expansion.expand(text, KNOWN)).isEqualTo(expanded);
    }
}
