package io.coxswain.cli;

import io.coxswain.base.flags.FlagSet;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One command: what it is called, its flags, what it does, its subcommands.
///
/// @param usage how to call it, behind `kubectl `
/// @param run null for a command that only has subcommands
public record Command(
        String name, String usage, String summary, List<Line> children, @Nullable Runner run) {

    /// A subcommand by name; its class is loaded when it is called.
    ///
    /// @param aliased the command that this is another name of; empty for a name of its own
    public record Line(String name, String summary, String aliased, Supplier<Command> command) {
        public static Line of(String name, String summary, Supplier<Command> command) {
            return new Line(name, summary, "", command);
        }

        /// Another name, which `--help` does not list.
        public static Line alias(String name, String aliased, Supplier<Command> command) {
            return new Line(name, "", aliased, command);
        }

        public boolean isAlias() {
            return !aliased.isEmpty();
        }
    }

    /// Runs the command with words that follow its name.
    public interface Runner {
        int run(List<String> words, Session.Opener sessions) throws IOException;

        /// The lines of `--help` about the flags.
        String help();
    }

    /// What a command does with its flags; the result is the exit code.
    @FunctionalInterface
    public interface Action<F extends Record> {
        int run(Call<F> call) throws IOException;
    }

    /// One call of a command.
    public record Call<F extends Record>(Session session, FlagSet.Parsed<F> parsed) {
        public F flags() {
            return parsed.flags();
        }

        public List<String> arguments() {
            return parsed.arguments();
        }

        /// The argument at `index`, or `""`.
        public String argument(int index) {
            return index < arguments().size() ? arguments().get(index) : "";
        }

        public boolean given(String flag) {
            return parsed.given().contains(flag);
        }

        /// The arguments before `--`.
        public List<String> beforeDash() {
            return parsed.dash() < 0 ? arguments() : arguments().subList(0, parsed.dash());
        }

        /// The arguments behind `--`.
        public List<String> afterDash() {
            return parsed.dash() < 0
                    ? List.of()
                    : arguments().subList(parsed.dash(), arguments().size());
        }
    }

    public static <F extends Record & GlobalFlags.Holder> Command of(
            String usage, String summary, Class<F> flags, Action<F> action) {
        return new Command(nameOf(usage), usage, summary, List.of(), new Typed<>(flags, action));
    }

    /// A command that only has subcommands.
    public static Command group(String usage, String summary, List<Line> children) {
        return new Command(nameOf(usage), usage, summary, children, null);
    }

    public Command with(List<Line> subcommands) {
        return new Command(name, usage, summary, subcommands, run);
    }

    private static String nameOf(String usage) {
        var words = usage.split(" ");
        var name = new StringBuilder(words[0]);
        for (var i = 1; i < words.length && words[i].matches("[a-z][a-z-]*"); i++) {
            name.append(' ').append(words[i]);
        }
        return name.toString();
    }

    /// A runner that parses its words into a record.
    private record Typed<F extends Record & GlobalFlags.Holder>(Class<F> flags, Action<F> action)
            implements Runner {

        @Override
        public int run(List<String> words, Session.Opener sessions) throws IOException {
            var parsed = FlagSet.of(flags).parse(words);
            var session = sessions.open(parsed.flags().global());
            return action.run(new Call<>(session, parsed));
        }

        @Override
        public String help() {
            return FlagSet.of(flags).help();
        }
    }
}
