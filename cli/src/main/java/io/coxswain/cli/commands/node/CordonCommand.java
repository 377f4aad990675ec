package io.coxswain.cli.commands.node;

import io.coxswain.api.json.Json;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.commands.ChangeFlags;
import io.coxswain.cli.commands.Changes;
import io.coxswain.cli.server.Trees;
import java.util.ArrayList;

/// `cordon` and `uncordon`: whether new pods may go to a node.
public final class CordonCommand {

    public static final Command CORDON =
            Command.of(
                    "cordon NODE [options]",
                    "Mark node as unschedulable",
                    Flags.class,
                    call -> run(call, true));

    public static final Command UNCORDON =
            Command.of(
                    "uncordon NODE [options]",
                    "Mark node as schedulable",
                    Flags.class,
                    call -> run(call, false));

    record Flags(ChangeFlags change) implements ChangeFlags.Holder {}

    private CordonCommand() {}

    private static int run(Call<Flags> call, boolean cordon) {
        var done = cordon ? "cordoned" : "uncordoned";
        var changes = new Changes(call.session(), call.flags().change(), "kubectl-cordon");
        var arguments = new ArrayList<>(call.arguments());
        arguments.addFirst("nodes");
        return changes.each(
                changes.targets(arguments),
                target -> {
                    if (Trees.flag(target.object(), "spec.unschedulable") == cordon) {
                        changes.tell(target, target.object(), "already " + done);
                        return;
                    }
                    var value = cordon ? Json.of(true) : Json.NULL;
                    var patch = Trees.of("spec", Trees.of("unschedulable", value));
                    changes.patch(target, Changes.STRATEGIC, patch, done);
                });
    }
}
