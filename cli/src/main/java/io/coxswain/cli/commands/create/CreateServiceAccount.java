package io.coxswain.cli.commands.create;

import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;

/// `create serviceaccount`.
final class CreateServiceAccount {

    static final Command COMMAND =
            Command.of(
                    "create serviceaccount NAME [options]",
                    "Create a service account with the specified name",
                    Flags.class,
                    CreateServiceAccount::run);

    record Flags(CreationFlags creation) implements CreationFlags.Holder {}

    private CreateServiceAccount() {}

    private static int run(Call<Flags> call) {
        var name = Creation.name(call, "create serviceaccount");
        return new Creation(call.session(), call.flags().creation())
                .create(Creation.object("v1", "ServiceAccount", name));
    }
}
