package io.coxswain.cli.commands.node;

import io.coxswain.api.json.Json;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.commands.ChangeFlags;
import io.coxswain.cli.commands.Changes;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import java.util.ArrayList;
import java.util.List;

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
        var changes = new Changes(call.session(), call.flags().change(), "kubectl-cordon");
        var nodes = nodes(call, changes, cordon ? "cordon" : "uncordon");
        return changes.each(nodes, node -> mark(changes, node, cordon));
    }

    /// The nodes that the arguments name, with or without `node/`, or that a selector selects.
    static List<Target> nodes(
            Call<? extends ChangeFlags.Holder> call, Changes changes, String command) {
        var selects = !call.flags().change().selector().isEmpty();
        if (call.arguments().isEmpty() && !selects) {
            throw CliError.usage(command, "USAGE: " + command + " NODE [flags]");
        }
        if (!call.arguments().isEmpty() && selects) {
            throw CliError.usage(
                    command, "error: cannot specify both a node name and a --selector option");
        }
        var arguments = new ArrayList<String>();
        arguments.add("nodes");
        call.arguments().forEach(name -> arguments.add(name.replaceFirst("^nodes?/", "")));
        return changes.targets(arguments);
    }

    static void mark(Changes changes, Target node, boolean cordon) {
        var done = cordon ? "cordoned" : "uncordoned";
        if (Trees.flag(node.object(), "spec.unschedulable") == cordon) {
            changes.tell(node, node.object(), "already " + done);
            return;
        }
        var value = cordon ? Json.of(true) : Json.NULL;
        changes.patch(
                node, Changes.STRATEGIC, Trees.of("spec", Trees.of("unschedulable", value)), done);
    }
}
