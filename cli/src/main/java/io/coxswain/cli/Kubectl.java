package io.coxswain.cli;

import io.coxswain.base.Clock;
import io.coxswain.base.flags.UsageError;
import io.coxswain.cli.Command.Line;
import io.coxswain.client.Kubeconfig;
import io.coxswain.client.KubeconfigConnection;
import io.coxswain.http.HttpClient;
import io.coxswain.http.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The program: finds the command, runs it, tells what went wrong.
public final class Kubectl {

    /// Flags in front of the command that take no value.
    private static final Set<String> BARE =
            Set.of(
                    "--help",
                    "-h",
                    "--insecure-skip-tls-verify",
                    "--match-server-version",
                    "--warnings-as-errors");

    private final Session.Surroundings around;
    private @Nullable Session session;
    private String called = "";

    public Kubectl(Session.Surroundings around) {
        this.around = around;
    }

    /// Runs one command line; the result is the exit code.
    public static int run(List<String> args, Streams streams, Map<String, String> environment) {
        var around = new Session.Surroundings(streams, environment, Clock.SYSTEM, Kubectl::connect);
        return new Kubectl(around).run(args);
    }

    private static Transport connect(Kubeconfig.Context context, GlobalFlags global) {
        var connection = new KubeconfigConnection(context);
        var options = connection.options();
        var timeout = timeout(global.requestTimeout());
        // Zero is forever; a watch has its head at once, a slow answer may take its time.
        var head = timeout.isZero() ? Duration.ofHours(24) : timeout;
        return HttpClient.to(
                connection.server(), options.withTimeouts(options.connectTimeout(), head));
    }

    private static Duration timeout(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CliError(
                    "Invalid timeout value. Timeout must be a single integer in seconds,"
                            + " or an integer followed by a corresponding time unit (e.g. 1s | 2m"
                            + " | 3h)");
        }
    }

    public int run(List<String> args) {
        try {
            return dispatch(args);
        } catch (UsageError | CliError | Failures e) {
            return fail(e);
        } catch (IOException e) {
            return fail(new UncheckedIOException(e));
        } catch (RuntimeException e) {
            return fail(e);
        } finally {
            around.streams().out().flush();
            around.streams().err().flush();
            if (session != null) {
                session.close();
            }
        }
    }

    private int fail(RuntimeException failure) {
        around.streams().out().flush();
        var address = session == null ? "" : session.address();
        var text = ErrorText.of(failure, called, address);
        if (!text.isEmpty()) {
            around.streams().err().println(text);
        }
        return failure instanceof CliError error ? error.exitCode() : 1;
    }

    private int dispatch(List<String> args) throws IOException {
        var words = new ArrayList<>(args);
        var first = nextWord(words);
        if (first == null) {
            Help.program(around.streams().out());
            return 0;
        }
        if (first.equals("help")) {
            words.add("--help");
            first = nextWord(words);
            if (first == null) {
                Help.program(around.streams().out());
                return 0;
            }
        }
        if (first.equals("options")) {
            Help.options(around.streams().out());
            return 0;
        }
        var line = find(Commands.ALL, first);
        if (line == null) {
            throw Commands.unknown(first, "kubectl", Commands.ALL);
        }
        return descend(line.command().get(), words);
    }

    /// Follows subcommands as far as they go, then runs.
    private int descend(Command command, List<String> words) throws IOException {
        called = command.name();
        var next = command.children().isEmpty() ? null : peekWord(words);
        var child = next == null ? null : find(command.children(), next);
        if (child != null) {
            nextWord(words);
            return descend(child.command().get(), words);
        }
        if (asksForHelp(words)) {
            Help.command(command, around.streams().out());
            return 0;
        }
        var runner = command.run();
        if (runner == null) {
            if (next != null) {
                throw CliError.usage(command.name(), "unknown command \"" + next + "\"");
            }
            Help.command(command, around.streams().err());
            return 1;
        }
        return runner.run(words, this::open);
    }

    private Session open(GlobalFlags global) {
        var opened = new Session(around, global);
        session = opened;
        return opened;
    }

    private static boolean asksForHelp(List<String> words) {
        for (var word : words) {
            if (word.equals("--")) {
                return false;
            }
            if (word.equals("--help") || word.equals("-h")) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Line find(List<Line> lines, String name) {
        return lines.stream().filter(line -> line.name().equals(name)).findFirst().orElse(null);
    }

    private static @Nullable String peekWord(List<String> words) {
        return nextWord(new ArrayList<>(words));
    }

    /// Takes the first word that is no flag and no flag's value.
    private static @Nullable String nextWord(List<String> words) {
        for (var i = 0; i < words.size(); i++) {
            var word = words.get(i);
            if (word.equals("--")) {
                return null;
            }
            if (!word.startsWith("-") || word.equals("-")) {
                return words.remove(i);
            }
            var valueFollows =
                    !word.contains("=")
                            && !BARE.contains(word)
                            && (word.startsWith("--") || word.length() == 2);
            if (valueFollows) {
                i++;
            }
        }
        return null;
    }
}
