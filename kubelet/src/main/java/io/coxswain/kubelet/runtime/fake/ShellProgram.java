package io.coxswain.kubelet.runtime.fake;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Predicts `sleep`, `echo`, `true`, `false`, `exit`, `trap 'exit N' TERM` and `while true` loops,
/// alone or as statements of `sh -c`; any other statement succeeds at once, and an image's own
/// command runs for ever. A program named `no-such-program` cannot be started.
///
/// `sh -c "echo hi; sleep 5; exit 3"` writes `hi` and ends after five seconds with code 3.
final class ShellProgram implements Program {

    private static final Pattern STATEMENTS = Pattern.compile("\\s*(?:;|&&|\\n)\\s*");
    private static final Pattern TRAP = Pattern.compile("trap ['\"]exit (\\d+)['\"] TERM");
    private static final int KILLED_BY_TERM = 143;

    @Override
    public Run run(String image, List<String> command) {
        if (command.isEmpty()) {
            return new Run.Forever(KILLED_BY_TERM, "");
        }
        if (command.getFirst().contains("no-such-program")) {
            return new Run.CannotStart(
                    "exec: \"" + command.getFirst() + "\": no such file or directory: unknown");
        }
        if (command.size() == 3
                && command.getFirst().endsWith("sh")
                && command.get(1).equals("-c")) {
            return new Script().read(command.get(2));
        }
        return new Script().read(String.join(" ", command));
    }

    /// One script, read from left to right.
    private static final class Script {
        private final StringBuilder out = new StringBuilder();
        private Duration length = Duration.ZERO;
        private @Nullable Integer codeOnStop;
        private int exitCode;

        Run read(String text) {
            for (var statement : STATEMENTS.split(text.strip())) {
                if (statement.startsWith("exit")) {
                    exitCode = number(statement);
                    break;
                }
                if (statement.startsWith("while ") || statement.startsWith("tail -f")) {
                    return new Run.Forever(codeOnStop, out.toString());
                }
                step(statement);
            }
            return new Run.Ends(length, exitCode, out.toString(), "");
        }

        private void step(String statement) {
            var trap = TRAP.matcher(statement);
            exitCode = statement.equals("false") ? 1 : 0;
            if (trap.matches()) {
                codeOnStop = Integer.valueOf(trap.group(1));
            } else if (statement.startsWith("sleep ")) {
                length = length.plusSeconds(number(statement));
            } else if (statement.startsWith("echo ")) {
                out.append(statement.substring(5).replaceAll("^['\"]|['\"]$", "")).append('\n');
            }
        }

        private static int number(String statement) {
            var word = statement.substring(statement.lastIndexOf(' ') + 1);
            return word.chars().allMatch(Character::isDigit) ? Integer.parseInt(word) : 0;
        }
    }
}
