package io.coxswain.cli.commands.set;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.commands.ChangeFlags;
import io.coxswain.cli.commands.Changes;
import io.coxswain.cli.commands.create.Amounts;
import io.coxswain.cli.server.Trees;

/// `set resources`.
final class SetResources {

    static final Command COMMAND =
            Command.of(
                    "set resources (-f FILENAME | TYPE NAME) ([--limits=LIMITS &"
                            + " --requests=REQUESTS]) [options]",
                    "Update resource requests/limits on objects with pod templates",
                    Flags.class,
                    SetResources::run);

    record Flags(
            ChangeFlags change,
            @Flag(
                            value = "The names of containers in the pod templates to change",
                            letter = "c",
                            def = "*")
                    String containers,
            @Flag("The resource requirement limits for this container.") String limits,
            @Flag("The resource requirement requests for this container.") String requests)
            implements ChangeFlags.Holder {}

    private SetResources() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        if (flags.limits().isEmpty() && flags.requests().isEmpty()) {
            throw new CliError(
                    "you must specify an update to requests or limits (in the form of"
                            + " --requests/--limits)");
        }
        var resources = resources(flags);
        var changes = new Changes(call.session(), flags.change(), "kubectl-set");
        return changes.each(
                changes.allTargets(call.arguments()),
                target -> {
                    var changed =
                            PodSpecs.containers(
                                    PodSpecs.of(target),
                                    flags.containers(),
                                    container -> Trees.of("resources", resources));
                    if (changed.isEmpty()) {
                        throw new CliError("unable to find container named " + flags.containers());
                    }
                    var patch = Trees.of("containers", Json.array(changed));
                    PodSpecs.patch(changes, target, patch, "resource requirements updated");
                });
    }

    private static Json.Obj resources(Flags flags) {
        var resources = Json.EMPTY;
        if (!flags.limits().isEmpty()) {
            resources = resources.with("limits", Amounts.of(flags.limits()));
        }
        return flags.requests().isEmpty()
                ? resources
                : resources.with("requests", Amounts.of(flags.requests()));
    }
}
