package io.coxswain.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommentWrapTest {

    private final CommentWrap wrap = new CommentWrap(24);

    @Test
    void fillsTheParagraphAndLeavesTheRest() {
        var lines =
                List.of(
                        "    /// One two three four five",
                        "    /// six.",
                        "    ///",
                        "    /// Short.",
                        "    void run();");

        assertThat(wrap.wrap(lines))
                .containsExactly(
                        "    /// One two three",
                        "    /// four five six.",
                        "    ///",
                        "    /// Short.",
                        "    void run();");
    }

    @Test
    void leavesWhatStandsBetweenFences() {
        var lines = List.of("/// ```", "/// a picture that is rather wide", "/// ```", "/// End.");

        assertThat(wrap.wrap(lines)).isEqualTo(lines);
    }

    @Test
    void leavesCodeThatIsTooLong() {
        var lines = List.of("        call(one, two, three, four);");

        assertThat(wrap.wrap(lines)).isEqualTo(lines);
    }
}
