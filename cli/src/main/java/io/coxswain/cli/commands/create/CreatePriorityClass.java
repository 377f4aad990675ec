package io.coxswain.cli.commands.create;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;

/// `create priorityclass`.
final class CreatePriorityClass {

    static final Command COMMAND =
            Command.of(
                    "create priorityclass NAME --value=VALUE --global-default=BOOL [options]",
                    "Create a priority class with the specified name",
                    Flags.class,
                    CreatePriorityClass::run);

    record Flags(
            CreationFlags creation,
            @Flag(value = "The value of this priority class.", def = "0") int value,
            @Flag("Whether this PriorityClass should be considered as the default priority.")
                    boolean globalDefault,
            @Flag("An arbitrary string with guidelines on when to use it.") String description,
            @Flag(
                            value = "The policy for preempting pods with lower priority.",
                            def = "PreemptLowerPriority")
                    String preemptionPolicy)
            implements CreationFlags.Holder {}

    private CreatePriorityClass() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        var name = Creation.name(call, "create priorityclass");
        var object =
                Creation.object("scheduling.k8s.io/v1", "PriorityClass", name)
                        .with("value", Json.of(flags.value()))
                        .with("description", Json.of(flags.description()))
                        .with("preemptionPolicy", Json.of(flags.preemptionPolicy()));
        if (flags.globalDefault()) {
            object = object.with("globalDefault", Json.of(true));
        }
        return new Creation(call.session(), flags.creation()).create(object);
    }
}
