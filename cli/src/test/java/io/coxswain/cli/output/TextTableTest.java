package io.coxswain.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Lines of cells.
class TextTableTest {

    @Test
    void escapeSequencesDoNotReachTheTerminal() {
        var table = TextTable.wide();

        table.row("NAME", "MESSAGE");
        table.row("a", "\u001b[2Jgone\rover");

        assertThat(table.text()).doesNotContain("\u001b", "\r").contains("^[[2Jgone\\rover");
    }
}
