package io.coxswain.cli.commands.create;

import io.coxswain.api.json.Json;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;

/// `create namespace`.
final class CreateNamespace {

    static final Command COMMAND =
            Command.of(
                    "create namespace NAME [options]",
                    "Create a namespace with the specified name",
                    Flags.class,
                    CreateNamespace::run);

    record Flags(CreationFlags creation) implements CreationFlags.Holder {}

    private CreateNamespace() {}

    private static int run(Call<Flags> call) {
        var name = Creation.name(call, "create namespace");
        return new Creation(call.session(), call.flags().creation())
                .create(
                        Creation.object("v1", "Namespace", name)
                                .with("spec", Json.EMPTY)
                                .with("status", Json.EMPTY));
    }
}
