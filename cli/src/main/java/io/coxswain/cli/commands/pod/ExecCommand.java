package io.coxswain.cli.commands.pod;

import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Query;
import java.io.IOException;

/// `exec`: runs a command in a container.
public final class ExecCommand {

    public static final Command COMMAND =
            Command.of(
                    "exec (POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...] [options]",
                    "Execute a command in a container",
                    Flags.class,
                    ExecCommand::run);

    public record Flags(
            GlobalFlags global,
            @Flag(value = "Container name.", letter = "c") String container,
            @Flag(
                            value =
                                    "The length of time to wait until at least one pod is"
                                            + " running",
                            def = "1m0s")
                    String podRunningTimeout,
            @Flag(value = "Only print output from the remote session", letter = "q") boolean quiet,
            @Flag(value = "Pass stdin to the container", letter = "i") boolean stdin,
            @Flag(value = "Stdin is a TTY", letter = "t") boolean tty)
            implements GlobalFlags.Holder {}

    private ExecCommand() {}

    private static int run(Call<Flags> call) throws IOException {
        var flags = call.flags();
        var session = call.session();
        var command = call.afterDash();
        if (call.parsed().dash() < 0 && call.arguments().size() > 1) {
            throw CliError.usage(
                    "exec",
                    "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND]"
                            + " instead");
        }
        if (call.beforeDash().isEmpty()) {
            throw new CliError("pod, type/name or --filename must be specified");
        }
        if (command.isEmpty()) {
            throw new CliError("you must specify at least one command for the container");
        }
        var choice = new PodChoice(session, "attach to");
        var pod = choice.pods(call.argument(0)).getFirst();
        var phase = Trees.text(pod.object(), "status.phase");
        if (phase.equals("Succeeded") || phase.equals("Failed")) {
            throw new CliError(
                    "cannot exec into a container in a completed pod; current phase is " + phase);
        }
        var query = Query.EMPTY;
        for (var word : command) {
            query = query.with("command", word);
        }
        query = query.with("container", choice.container(pod, flags.container()));
        var tty = flags.tty() && flags.stdin() && Terminal.present();
        if (flags.tty() && flags.stdin() && !tty) {
            session.err()
                    .println(
                            "Unable to use a TTY - input is not a terminal or the right kind of"
                                    + " file");
        }
        return new RemoteCommand(session, flags.stdin(), tty).run(pod.path() + "/exec", query);
    }
}
