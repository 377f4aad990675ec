package io.coxswain.cli.commands.workload;

import io.coxswain.api.json.Yaml;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.commands.ChangeFlags;
import io.coxswain.cli.commands.Changes;
import io.coxswain.cli.describe.Descriptions;
import io.coxswain.cli.output.TextTable;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;

/// `rollout history`.
final class RolloutHistoryCommand {

    static final Command COMMAND =
            Command.of(
                    "rollout history" + RolloutCommand.TYPES,
                    "View rollout history",
                    Flags.class,
                    RolloutHistoryCommand::run);

    record Flags(
            ChangeFlags change,
            @Flag(
                            value =
                                    "See the details, including podTemplate of the revision"
                                            + " specified",
                            def = "0")
                    int revision)
            implements ChangeFlags.Holder {}

    private RolloutHistoryCommand() {}

    private static int run(Call<Flags> call) {
        RolloutCommand.check(call.arguments(), call.flags().change().files());
        var changes = new Changes(call.session(), call.flags().change(), "");
        return changes.each(changes.targets(call.arguments()), target -> show(call, target));
    }

    private static void show(Call<Flags> call, Target target) {
        var out = call.session().out();
        var wanted = call.flags().revision();
        var revisions = Revisions.of(call.session(), target);
        if (wanted == 0) {
            out.println(target.printed() + " ");
            var table = TextTable.narrow();
            table.row("REVISION", "CHANGE-CAUSE");
            revisions.forEach(
                    (number, holder) -> table.row(Long.toString(number), Revisions.cause(holder)));
            out.println(table.text());
            return;
        }
        var holder = revisions.get((long) wanted);
        if (holder == null) {
            throw new CliError("unable to find the specified revision");
        }
        out.println(target.printed() + " with revision #" + wanted);
        var template = Trees.object(holder, "spec", "template");
        out.println(
                template.fields().isEmpty()
                        ? Yaml.write(Trees.object(holder, "data"))
                        : Descriptions.template(template));
    }
}
