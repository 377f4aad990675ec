package io.coxswain.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void readsFlagsInBothForms() {
        var settings = Settings.parse(List.of("--rounds", "12", "--parts=puts,list"));

        assertThat(settings.number("rounds", 1)).isEqualTo(12);
        assertThat(settings.number("seed", 5)).isEqualTo(5);
        assertThat(settings.text("parts", "")).isEqualTo("puts,list");
    }

    @Test
    void refusesWhatIsNoFlag() {
        assertThatThrownBy(() -> Settings.parse(List.of("rounds")))
                .hasMessage("not a flag: rounds");
        assertThatThrownBy(() -> Settings.parse(List.of("--rounds")))
                .hasMessage("a value is missing after --rounds");
    }
}
