package io.coxswain.cli.commands.workload;

import io.coxswain.api.schema.ApiError;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.Failures;
import io.coxswain.cli.commands.ChangeFlags;
import io.coxswain.cli.commands.Changes;
import io.coxswain.cli.commands.create.Creation;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import java.util.List;

/// `scale`: sets how many replicas there are to be.
public final class ScaleCommand {

    public static final Command COMMAND =
            Command.of(
                    "scale [--resource-version=version] [--current-replicas=count] --replicas=COUNT"
                            + " (-f FILENAME | TYPE NAME) [options]",
                    "Set a new size for a deployment, replica set, or replication controller",
                    Flags.class,
                    ScaleCommand::run);

    public record Flags(
            ChangeFlags change,
            @Flag(
                            value =
                                    "Precondition for current size. Requires that the current size"
                                            + " of the resource match this value in order to"
                                            + " scale.",
                            def = "-1")
                    int currentReplicas,
            @Flag(value = "The new desired number of replicas. Required.", def = "-1") int replicas,
            @Flag("Precondition for resource version.") String resourceVersion,
            @Flag(value = "The length of time to wait before giving up.", def = "0s")
                    String timeout)
            implements ChangeFlags.Holder {}

    private ScaleCommand() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        Creation.required(call, "replicas");
        if (flags.replicas() < 0) {
            throw new CliError(
                    "The --replicas=COUNT flag is required, and COUNT must be greater than or"
                            + " equal to 0");
        }
        var changes = new Changes(call.session(), flags.change(), "kubectl-scale");
        var targets = targets(changes, call.arguments());
        return changes.each(
                targets,
                target -> {
                    var version = Trees.text(target.object(), "metadata.resourceVersion");
                    if (!flags.resourceVersion().isEmpty()
                            && !flags.resourceVersion().equals(version)) {
                        throw new CliError(
                                "Expected resource version to be "
                                        + flags.resourceVersion()
                                        + ", was "
                                        + version);
                    }
                    var current = Trees.number(target.object(), "spec.replicas", 1);
                    if (flags.currentReplicas() >= 0 && flags.currentReplicas() != current) {
                        throw new CliError(
                                "Expected replicas to be "
                                        + flags.currentReplicas()
                                        + ", was "
                                        + current);
                    }
                    var patch = Trees.of("spec", Trees.of("replicas", flags.replicas()));
                    changes.patch(target, "/scale", Changes.MERGE, patch, "scaled");
                });
    }

    private static List<Target> targets(Changes changes, List<String> arguments) {
        try {
            var targets = changes.targets(arguments);
            if (targets.isEmpty()) {
                throw new CliError("no objects passed to scale");
            }
            return targets;
        } catch (ApiError missing) {
            throw new CliError("no objects passed to scale " + missing.status().message());
        } catch (Failures several) {
            var all = several.all().stream().map(ScaleCommand::text).toList();
            throw new CliError("no objects passed to scale [" + String.join(", ", all) + "]");
        }
    }

    private static String text(RuntimeException failure) {
        return failure instanceof ApiError error
                ? error.status().message()
                : String.valueOf(failure.getMessage());
    }
}
