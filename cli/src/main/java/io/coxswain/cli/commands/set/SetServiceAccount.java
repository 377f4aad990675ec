package io.coxswain.cli.commands.set;

import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.commands.ChangeFlags;
import io.coxswain.cli.commands.Changes;
import io.coxswain.cli.server.Trees;
import java.util.ArrayList;

/// `set serviceaccount`.
final class SetServiceAccount {

    static final Command COMMAND =
            Command.of(
                    "set serviceaccount (-f FILENAME | TYPE NAME) SERVICE_ACCOUNT [options]",
                    "Update the service account of a resource",
                    Flags.class,
                    SetServiceAccount::run);

    record Flags(ChangeFlags change) implements ChangeFlags.Holder {}

    private SetServiceAccount() {}

    private static int run(Call<Flags> call) {
        if (call.arguments().isEmpty()) {
            throw new CliError("serviceaccount is required");
        }
        var objects = new ArrayList<>(call.arguments());
        var account = objects.removeLast();
        var changes = new Changes(call.session(), call.flags().change(), "kubectl-set");
        return changes.each(
                changes.allTargets(objects),
                target ->
                        PodSpecs.patch(
                                changes,
                                target,
                                Trees.of("serviceAccountName", account),
                                "serviceaccount updated"));
    }
}
