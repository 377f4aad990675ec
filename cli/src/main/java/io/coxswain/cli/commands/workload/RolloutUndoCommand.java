package io.coxswain.cli.commands.workload;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.commands.ChangeFlags;
import io.coxswain.cli.commands.Changes;
import io.coxswain.cli.describe.Descriptions;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import java.util.List;

/// `rollout undo`: goes back to an earlier pod template.
final class RolloutUndoCommand {

    private static final String HASH = "pod-template-hash";

    static final Command COMMAND =
            Command.of(
                    "rollout undo" + RolloutCommand.TYPES,
                    "Undo a previous rollout",
                    Flags.class,
                    RolloutUndoCommand::run);

    record Flags(
            ChangeFlags change,
            @Flag(value = "The revision to rollback to. Default to 0 (last revision).", def = "0")
                    int toRevision)
            implements ChangeFlags.Holder {}

    private RolloutUndoCommand() {}

    private static int run(Call<Flags> call) {
        RolloutCommand.check(call.arguments(), call.flags().change().files());
        var changes = new Changes(call.session(), call.flags().change(), "kubectl-rollout");
        return changes.each(
                changes.targets(call.arguments()), target -> undo(call, changes, target));
    }

    private static void undo(Call<Flags> call, Changes changes, Target target) {
        if (Trees.flag(target.object(), "spec.paused")) {
            throw new CliError(
                    "you cannot rollback a paused deployment; resume it first with 'kubectl"
                            + " rollout resume' and try again");
        }
        var revisions = Revisions.of(call.session(), target);
        var holder = Revisions.earlier(revisions, call.flags().toRevision());
        if (!target.type().kind().equals("Deployment")) {
            changes.patch(target, Changes.STRATEGIC, holder.object("data"), "rolled back");
            return;
        }
        var template = Trees.object(holder, "spec", "template");
        var labels = Trees.object(template, "metadata", "labels").without(HASH);
        template = Trees.set(template, "metadata.labels", labels);
        if (template.equals(Trees.object(target.object(), "spec", "template"))) {
            changes.tell(
                    target,
                    target.object(),
                    "skipped rollback (current template already matches revision "
                            + call.flags().toRevision()
                            + ")");
            return;
        }
        if (changes.clientOnly() && !changes.printsObjects()) {
            var shown = Descriptions.template(Trees.object(holder, "spec", "template"));
            call.session().out().println(target.printed() + " " + shown.stripTrailing());
            return;
        }
        var replace = Trees.of("op", "replace", "path", "/spec/template", "value", template);
        changes.patch(target, Changes.JSON, Json.array(List.of(replace)), "rolled back");
    }
}
