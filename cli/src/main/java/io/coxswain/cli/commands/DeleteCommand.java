package io.coxswain.cli.commands;

import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.Durations;
import io.coxswain.cli.Failures;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.output.DryRun;
import io.coxswain.cli.resource.FileFlags;
import io.coxswain.cli.resource.SelectFlags;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.resource.Targets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `delete`: deletes objects and waits until they are gone.
public final class DeleteCommand {

    public static final Command COMMAND =
            Command.of(
                    "delete ([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)])"
                            + " [options]",
                    "Delete resources by file names, stdin, resources and names, or by resources"
                            + " and label selector",
                    Flags.class,
                    DeleteCommand::run);

    public record Flags(
            GlobalFlags global,
            FileFlags files,
            SelectFlags select,
            DryRunFlag dryRun,
            @Flag("Delete all resources, in the namespace of the specified resource" + " types.")
                    boolean all,
            @Flag(
                            value =
                                    "Must be \"background\", \"orphan\", or \"foreground\"."
                                            + " Selects the deletion cascading strategy for the"
                                            + " dependents (e.g. Pods created by a"
                                            + " ReplicationController).",
                            def = "background",
                            bare = "background")
                    String cascade,
            @Flag(
                            "If true, immediately remove resources from API and bypass graceful"
                                    + " deletion.")
                    boolean force,
            @Flag(
                            value =
                                    "Period of time in seconds given to the resource to terminate"
                                            + " gracefully. Ignored if negative.",
                            def = "-1")
                    int gracePeriod,
            @Flag("Treat \"resource not found\" as a successful delete.")
                    @Nullable Boolean ignoreNotFound,
            @Flag(value = "If true, delete only after a confirmation.", letter = "i")
                    boolean interactive,
            @Flag(
                            "If true, resources are signaled for immediate shutdown (same as"
                                    + " --grace-period=1).")
                    boolean now,
            @Flag(value = "Output mode. Use \"-o name\" for shorter output.", letter = "o")
                    String output,
            @Flag(
                            value =
                                    "The length of time to wait before giving up on a delete, zero"
                                            + " means determine a timeout from the size of the"
                                            + " object",
                            def = "0s")
                    String timeout,
            @Flag(
                            value =
                                    "If true, wait for resources to be gone before returning. This"
                                            + " waits for finalizers.",
                            name = "wait",
                            def = "true")
                    boolean waits)
            implements GlobalFlags.Holder {}

    private DeleteCommand() {}

    private static int run(Call<Flags> call) throws IOException {
        var flags = call.flags();
        var session = call.session();
        if (!flags.output().isEmpty() && !flags.output().equals("name")) {
            throw new CliError(
                    "unexpected -o output mode: " + flags.output() + ". We only support '-o name'");
        }
        var options = options(call);
        if (options.gracePeriod() == 0 && flags.force()) {
            session.err()
                    .println(
                            "Warning: Immediate deletion does not wait for confirmation that the"
                                    + " running resource has been terminated. The resource may"
                                    + " continue to run on the cluster indefinitely.");
        }
        var targets = targets(call);
        if (flags.interactive() && !confirmed(call, targets)) {
            session.out().println("deletion is cancelled");
            return 0;
        }
        var deleter = new Deleter(session, options);
        var failures = new Failures.Collector();
        var deleted = new ArrayList<Deleter.Deleted>();
        for (var target : targets) {
            failures.attempt(() -> {
                var one = deleter.delete(target);
                if (one != null) {
                    deleted.add(one);
                }
            });
        }
        session.out().flush();
        if (targets.isEmpty()) {
            session.out().println("No resources found");
        }
        if (flags.waits() && options.dryRun() == DryRun.NONE) {
            deleter.awaitGone(deleted, Durations.parse(flags.timeout()));
        }
        failures.finish();
        return 0;
    }

    private static Deleter.Options options(Call<Flags> call) {
        var flags = call.flags();
        var grace = flags.now() ? 1 : flags.gracePeriod();
        if (flags.now() && flags.gracePeriod() >= 0) {
            throw new CliError("--now and --grace-period cannot be specified together");
        }
        if (flags.force()) {
            if (grace > 0) {
                throw new CliError(
                        "--force and --grace-period greater than 0 cannot be specified together");
            }
            grace = grace < 0 ? 0 : grace;
        } else if (grace == 0) {
            // Only with --force may a pod be forgotten before it has stopped.
            grace = 1;
        }
        var ignore =
                flags.ignoreNotFound() == null
                        ? flags.all() || flags.select().selects()
                        : flags.ignoreNotFound();
        return new Deleter.Options(
                DryRun.parse(flags.dryRun().dryRun(), call.session().err()),
                grace,
                cascade(flags.cascade()),
                ignore,
                flags.force(),
                flags.output().equals("name"));
    }

    private static String cascade(String word) {
        return switch (word) {
            case "background", "true" -> "Background";
            case "foreground" -> "Foreground";
            case "orphan", "false" -> "Orphan";
            default ->
                    throw new CliError(
                            "invalid cascade value ("
                                    + word
                                    + "). Must be \"background\", \"foreground\", or \"orphan\"");
        };
    }

    private static boolean confirmed(Call<Flags> call, List<Target> targets) throws IOException {
        var out = call.session().out();
        out.println("You are about to delete the following " + targets.size() + " resource(s):");
        targets.forEach(target -> out.println(target.type().plural() + "/" + target.name()));
        out.print("Do you want to continue? (y/N): ");
        out.flush();
        var answer = call.session().in().read();
        return answer == 'y' || answer == 'Y';
    }

    private static List<Target> targets(Call<Flags> call) {
        var flags = call.flags();
        var targets = new Targets(call.session());
        if (!flags.files().isEmpty()) {
            return targets.fromFiles(flags.files());
        }
        var arguments = call.arguments();
        if (arguments.isEmpty()) {
            throw new CliError(
                    "You must provide one or more resources by argument or filename.\n"
                            + "Example resource specifications include:\n"
                            + "   '-f rsrc.yaml'\n"
                            + "   '--filename=rsrc.json'\n"
                            + "   '<resource> <name>'\n"
                            + "   '<resource>'");
        }
        var everything = flags.all() || flags.select().selects();
        if (arguments.size() > 1 || arguments.getFirst().contains("/")) {
            if (everything) {
                throw new CliError("name cannot be provided when a selector is specified");
            }
            return targets.named(arguments);
        }
        var types = targets.types(arguments.getFirst());
        if (!everything) {
            throw new CliError("resource(s) were provided, but no name was specified");
        }
        if (flags.all() && !flags.select().selector().isEmpty()) {
            throw new CliError("setting 'all' parameter but found a non empty selector. ");
        }
        var found = new ArrayList<Target>();
        for (var type : types) {
            found.addAll(targets.list(type, flags.select()));
        }
        return found;
    }
}
