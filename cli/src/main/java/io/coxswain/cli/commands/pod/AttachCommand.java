package io.coxswain.cli.commands.pod;

import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Query;
import java.io.IOException;

/// `attach`: joins the process that a container runs.
public final class AttachCommand {

    public static final Command COMMAND =
            Command.of(
                    "attach (POD | TYPE/NAME) -c CONTAINER [options]",
                    "Attach to a running container",
                    Flags.class,
                    AttachCommand::run);

    public record Flags(
            GlobalFlags global,
            @Flag(value = "Container name.", letter = "c") String container,
            @Flag(value = "The length of time to wait for a running pod", def = "1m0s")
                    String podRunningTimeout,
            @Flag(value = "Only print output from the remote session", letter = "q") boolean quiet,
            @Flag(value = "Pass stdin to the container", letter = "i") boolean stdin,
            @Flag(value = "Stdin is a TTY", letter = "t") boolean tty)
            implements GlobalFlags.Holder {}

    private AttachCommand() {}

    private static int run(Call<Flags> call) throws IOException {
        var flags = call.flags();
        var session = call.session();
        if (call.arguments().size() != 1) {
            throw new CliError("at least 1 argument is required for attach");
        }
        var choice = new PodChoice(session, "attach to");
        var pod = choice.pods(call.argument(0)).getFirst();
        var phase = Trees.text(pod.object(), "status.phase");
        if (phase.equals("Succeeded") || phase.equals("Failed")) {
            throw new CliError(
                    "cannot attach a container in a completed pod; current phase is " + phase);
        }
        var container = choice.container(pod, flags.container());
        if (!PodChoice.has(pod, container)) {
            throw new CliError(
                    "cannot attach to the container: container %s not found in pod %s"
                            .formatted(container, pod.name()));
        }
        var query = Query.EMPTY.with("container", container);
        var tty = flags.tty() && flags.stdin() && Terminal.present();
        if (!flags.quiet()) {
            session.err().println("If you don't see a command prompt, try pressing enter.");
        }
        return new RemoteCommand(session, flags.stdin(), tty).run(pod.path() + "/attach", query);
    }
}
