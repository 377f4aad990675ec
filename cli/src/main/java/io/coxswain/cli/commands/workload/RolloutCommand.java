package io.coxswain.cli.commands.workload;

import io.coxswain.api.json.Json;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.Command.Line;
import io.coxswain.cli.commands.ChangeFlags;
import io.coxswain.cli.commands.Changes;
import io.coxswain.cli.resource.FileFlags;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// `rollout`: steers how workloads change.
public final class RolloutCommand {

    static final String TYPES = " (TYPE NAME | TYPE/NAME) [flags] [options]";

    public static final Command COMMAND =
            Command.group(
                    "rollout SUBCOMMAND [options]",
                    "Manage the rollout of one or many resources",
                    List.of(
                            Line.of(
                                    "history",
                                    "View rollout history",
                                    () -> RolloutHistoryCommand.COMMAND),
                            Line.of(
                                    "pause",
                                    "Mark the provided resource as paused",
                                    () -> simple("pause", "Mark the resource as paused")),
                            Line.of(
                                    "restart",
                                    "Restart a resource",
                                    () -> simple("restart", "Restart a resource")),
                            Line.of(
                                    "resume",
                                    "Resume a paused resource",
                                    () -> simple("resume", "Resume a paused resource")),
                            Line.of(
                                    "status",
                                    "Show the status of the rollout",
                                    () -> RolloutStatusCommand.COMMAND),
                            Line.of(
                                    "undo",
                                    "Undo a previous rollout",
                                    () -> RolloutUndoCommand.COMMAND)));

    record Flags(ChangeFlags change) implements ChangeFlags.Holder {}

    private RolloutCommand() {}

    private static Command simple(String verb, String summary) {
        return Command.of("rollout " + verb + TYPES, summary, Flags.class, call -> run(call, verb));
    }

    private static int run(Call<Flags> call, String verb) {
        var changes = new Changes(call.session(), call.flags().change(), "kubectl-rollout");
        check(call.arguments(), call.flags().change().files());
        var now = call.session().clock().now().truncatedTo(ChronoUnit.SECONDS).toString();
        return changes.each(
                changes.targets(call.arguments()),
                target -> {
                    switch (verb) {
                        case "restart" -> restart(changes, target, now);
                        case "pause" -> pause(changes, target, true);
                        default -> pause(changes, target, false);
                    }
                });
    }

    private static void restart(Changes changes, Target target, String now) {
        if (Trees.flag(target.object(), "spec.paused")) {
            throw new CliError(
                    "error: "
                            + target.type().qualifiedPlural()
                            + " \""
                            + target.name()
                            + "\" can't restart paused deployment (run rollout resume first)");
        }
        var kind = target.type().kind();
        if (!List.of("Deployment", "DaemonSet", "StatefulSet").contains(kind)) {
            throw unsupported(target, "restarting");
        }
        var annotations = Trees.of("kubectl.kubernetes.io/restartedAt", now);
        var template = Trees.of("metadata", Trees.of("annotations", annotations));
        var patch = Trees.of("spec", Trees.of("template", template));
        changes.patch(target, Changes.STRATEGIC, patch, "restarted");
    }

    private static CliError unsupported(Target target, String what) {
        return new CliError(
                target.type().qualifiedPlural()
                        + " \""
                        + target.name()
                        + "\" "
                        + what
                        + " is not supported");
    }

    /// Refuses a command line that names nothing.
    static void check(List<String> arguments, FileFlags files) {
        if (arguments.isEmpty() && files.isEmpty()) {
            throw new CliError("required resource not specified");
        }
    }

    private static void pause(Changes changes, Target target, boolean pause) {
        if (!target.type().kind().equals("Deployment")) {
            throw unsupported(target, pause ? "pausing" : "resuming");
        }
        if (Trees.flag(target.object(), "spec.paused") == pause) {
            throw new CliError(
                    target.type().plural()
                            + "."
                            + target.type().group()
                            + " \""
                            + target.name()
                            + "\" is "
                            + (pause ? "already paused" : "not paused"));
        }
        var paused = pause ? Json.of(true) : Json.NULL;
        changes.patch(
                target,
                Changes.STRATEGIC,
                Trees.of("spec", Trees.of("paused", paused)),
                pause ? "paused" : "resumed");
    }
}
