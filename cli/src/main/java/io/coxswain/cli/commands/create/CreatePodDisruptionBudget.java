package io.coxswain.cli.commands.create;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.server.Trees;
import java.util.List;

/// `create poddisruptionbudget`.
final class CreatePodDisruptionBudget {

    static final Command COMMAND =
            Command.of(
                    "create poddisruptionbudget NAME --selector=SELECTOR --min-available=N"
                            + " [options]",
                    "Create a pod disruption budget with the specified name",
                    Flags.class,
                    CreatePodDisruptionBudget::run);

    record Flags(
            CreationFlags creation,
            @Flag("The maximum number or percentage of unavailable pods.") String maxUnavailable,
            @Flag("The minimum number or percentage of available pods.") String minAvailable,
            @Flag("A label selector to use for this budget.") String selector)
            implements CreationFlags.Holder {}

    private CreatePodDisruptionBudget() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        var name = Creation.name(call, "create poddisruptionbudget");
        if (flags.selector().isEmpty()) {
            throw new CliError("a selector must be specified");
        }
        if (flags.minAvailable().isEmpty() && flags.maxUnavailable().isEmpty()) {
            throw new CliError("one of min-available or max-unavailable must be specified");
        }
        if (!flags.minAvailable().isEmpty() && !flags.maxUnavailable().isEmpty()) {
            throw new CliError("min-available and max-unavailable cannot be both specified");
        }
        var minimum = !flags.minAvailable().isEmpty();
        var number = minimum ? flags.minAvailable() : flags.maxUnavailable();
        var labels = Literals.pairs(List.of(flags.selector()), "selector");
        var spec =
                Trees.of(
                        minimum ? "minAvailable" : "maxUnavailable",
                        ServicePorts.target(number),
                        "selector",
                        Trees.of("matchLabels", Trees.strings(labels)));
        var status =
                Trees.of(
                        "currentHealthy",
                        0,
                        "desiredHealthy",
                        0,
                        "disruptionsAllowed",
                        0,
                        "expectedPods",
                        0);
        Json.Obj budget = Creation.object("policy/v1", "PodDisruptionBudget", name);
        return new Creation(call.session(), flags.creation())
                .create(budget.with("spec", spec).with("status", status));
    }
}
