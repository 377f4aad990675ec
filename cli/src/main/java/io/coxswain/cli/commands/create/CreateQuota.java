package io.coxswain.cli.commands.create;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.server.Trees;
import java.util.List;

/// `create quota`.
final class CreateQuota {

    static final Command COMMAND =
            Command.of(
                    "create quota NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2]"
                            + " [options]",
                    "Create a quota with the specified name",
                    Flags.class,
                    CreateQuota::run);

    record Flags(
            CreationFlags creation,
            @Flag("A comma-delimited set of resource=quantity pairs that define a hard limit.")
                    String hard,
            @Flag("A comma-delimited set of quota scopes that must all match each object.")
                    String scopes)
            implements CreationFlags.Holder {}

    private CreateQuota() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        var name = Creation.name(call, "create quota");
        var spec = Json.EMPTY;
        if (!flags.hard().isEmpty()) {
            spec = spec.with("hard", Amounts.of(flags.hard()));
        }
        if (!flags.scopes().isEmpty()) {
            spec = spec.with("scopes", Trees.list(List.of(flags.scopes().split(","))));
        }
        return new Creation(call.session(), flags.creation())
                .create(
                        Creation.object("v1", "ResourceQuota", name)
                                .with("spec", spec)
                                .with("status", Json.EMPTY));
    }
}
