package io.coxswain.cli.commands;

import io.coxswain.api.schema.ApiError;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.Failures;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.describe.Descriptions;
import io.coxswain.cli.resource.FileFlags;
import io.coxswain.cli.resource.SelectFlags;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.resource.Targets;
import java.util.ArrayList;
import java.util.List;

/// `describe`: objects and what belongs to them, for people.
public final class DescribeCommand {

    public static final Command COMMAND =
            Command.of(
                    "describe (-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME) [options]",
                    "Show details of a specific resource or group of resources",
                    Flags.class,
                    DescribeCommand::run);

    public record Flags(
            GlobalFlags global,
            FileFlags files,
            SelectFlags select,
            @Flag(value = "Return large lists in chunks rather than all at once.", def = "500")
                    int chunkSize,
            @Flag(value = "If true, display events related to the described object.", def = "true")
                    boolean showEvents)
            implements GlobalFlags.Holder {}

    private DescribeCommand() {}

    private static int run(Call<Flags> call) {
        if (call.arguments().isEmpty() && call.flags().files().isEmpty()) {
            throw new CliError(
                    "You must specify the type of resource to describe. Use \"kubectl"
                            + " api-resources\" for a complete list of supported resources.");
        }
        var descriptions = new Descriptions(call.session(), call.flags().showEvents());
        var failures = new Failures.Collector();
        var found = targets(call, failures);
        var first = true;
        for (var target : found) {
            call.session().out().print((first ? "" : "\n\n") + descriptions.of(target));
            first = false;
        }
        if (found.isEmpty() && failures.isEmpty()) {
            call.session()
                    .err()
                    .println(
                            call.flags().select().allNamespaces()
                                    ? "No resources found"
                                    : "No resources found in "
                                            + call.session().namespace()
                                            + " namespace.");
        }
        failures.finish();
        return 0;
    }

    private static List<Target> targets(Call<Flags> call, Failures.Collector failures) {
        var targets = new Targets(call.session());
        var flags = call.flags();
        var found = new ArrayList<Target>();
        if (!flags.files().isEmpty()) {
            targets.fromFiles(flags.files()).forEach(t -> found.add(targets.fetch(t)));
            return found;
        }
        var arguments = call.arguments();
        if (arguments.size() == 1 && !arguments.getFirst().contains("/")) {
            for (var type : targets.types(arguments.getFirst())) {
                found.addAll(targets.list(type, flags.select()));
            }
            return found;
        }
        for (var target : targets.named(arguments)) {
            failures.attempt(() -> found.addAll(byPrefix(targets, target)));
        }
        return found;
    }

    /// The object of a name, or all whose names begin with it.
    private static List<Target> byPrefix(Targets targets, Target target) {
        try {
            return List.of(targets.fetch(target));
        } catch (ApiError e) {
            if (!e.notFound()) {
                throw e;
            }
            var matching =
                    targets.list(target.type(), SelectFlags.NONE).stream()
                            .filter(other -> other.name().startsWith(target.name()))
                            .toList();
            if (matching.isEmpty()) {
                throw e;
            }
            return matching;
        }
    }
}
