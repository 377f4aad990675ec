package io.coxswain.cli.commands.node;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.commands.ChangeFlags;
import io.coxswain.cli.commands.Changes;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `taint`: what keeps pods away from nodes.
public final class TaintCommand {

    private static final Set<String> EFFECTS =
            Set.of("NoSchedule", "PreferNoSchedule", "NoExecute");
    private static final Set<String> NODES = Set.of("node", "nodes", "no");

    public static final Command COMMAND =
            Command.of(
                    "taint NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N"
                            + " [options]",
                    "Update the taints on one or more nodes",
                    Flags.class,
                    TaintCommand::run);

    record Flags(
            ChangeFlags change,
            @Flag("If true, allow taints to be overwritten, otherwise reject them.")
                    boolean overwrite)
            implements ChangeFlags.Holder {}

    /// One word of the command line.
    ///
    /// @param effect empty for a removal of all taints of the key
    private record Wish(String key, String value, String effect, boolean removal) {

        boolean concerns(Json.Obj taint) {
            return taint.text("key").equals(key)
                    && (effect.isEmpty() || taint.text("effect").equals(effect));
        }

        Json.Obj taint() {
            var taint = Trees.of("key", key, "effect", effect);
            return value.isEmpty() ? taint : taint.with("value", Json.of(value));
        }

        String shown() {
            return effect.isEmpty() ? key : key + ":" + effect;
        }
    }

    private TaintCommand() {}

    private static int run(Call<Flags> call) {
        var objects = new ArrayList<String>();
        var wishes = new ArrayList<Wish>();
        for (var word : call.arguments()) {
            if (word.contains("=") || word.contains(":") || word.endsWith("-")) {
                wishes.add(wish(word));
            } else {
                objects.add(word);
            }
        }
        if (objects.isEmpty()) {
            throw new CliError("one or more resources must be specified as <resource> <name>");
        }
        if (!NODES.contains(objects.getFirst())) {
            throw new CliError(
                    "invalid resource type "
                            + objects.getFirst()
                            + ", only node types are supported");
        }
        if (wishes.isEmpty()) {
            throw new CliError("at least one taint update is required");
        }
        var changes = new Changes(call.session(), call.flags().change(), "kubectl-taint");
        return changes.each(
                changes.targets(objects),
                target -> change(changes, target, wishes, call.flags().overwrite()));
    }

    /// `key=value:effect`, `key:effect`, `key:effect-`, `key-`.
    private static Wish wish(String word) {
        var removal = word.endsWith("-");
        var parts = (removal ? word.substring(0, word.length() - 1) : word).split(":", -1);
        var pair = parts[0].split("=", -1);
        if (parts.length > 2 || pair.length > 2 || pair[0].isEmpty()) {
            throw invalid("invalid taint spec: " + word);
        }
        var effect = parts.length > 1 ? parts[1] : "";
        if (!removal && effect.isEmpty()) {
            throw invalid("invalid taint spec: " + word);
        }
        if (!effect.isEmpty() && !EFFECTS.contains(effect)) {
            throw invalid("invalid taint effect: " + effect + ", unsupported taint effect");
        }
        return new Wish(pair[0], pair.length > 1 ? pair[1] : "", effect, removal);
    }

    private static CliError invalid(String message) {
        return CliError.usage("taint", message);
    }

    private static void change(Changes changes, Target node, List<Wish> wishes, boolean overwrite) {
        var taints = new ArrayList<>(Trees.objects(node.object(), "spec.taints"));
        var known = List.copyOf(taints);
        var taken = new ArrayList<String>();
        var removed = false;
        var added = false;
        for (var wish : wishes) {
            var there = known.stream().anyMatch(wish::concerns);
            if (wish.removal() && !there) {
                throw new CliError("taint \"" + wish.shown() + "\" not found");
            }
            if (!wish.removal() && there && !overwrite) {
                taken.add(wish.key());
            }
            removed |= taints.removeIf(wish::concerns);
            if (!wish.removal()) {
                taints.addFirst(wish.taint());
                added = true;
            }
        }
        if (!taken.isEmpty()) {
            throw new CliError(
                    "node "
                            + node.name()
                            + " already has "
                            + String.join(",", taken)
                            + " taint(s) with same effect(s) and --overwrite is false");
        }
        var done = added ? removed ? "modified" : "tainted" : "untainted";
        var value = taints.isEmpty() ? Json.NULL : Json.array(taints);
        changes.patch(node, Changes.MERGE, Trees.of("spec", Trees.of("taints", value)), done);
    }
}
