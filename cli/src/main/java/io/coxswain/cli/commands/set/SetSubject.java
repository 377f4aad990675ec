package io.coxswain.cli.commands.set;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.commands.ChangeFlags;
import io.coxswain.cli.commands.Changes;
import io.coxswain.cli.commands.create.Rules;
import io.coxswain.cli.server.Trees;
import java.util.ArrayList;
import java.util.List;

/// `set subject`: adds those that a binding is for.
final class SetSubject {

    static final Command COMMAND =
            Command.of(
                    "set subject (-f FILENAME | TYPE NAME) [--user=username] [--group=groupname]"
                            + " [--serviceaccount=namespace:serviceaccountname] [options]",
                    "Update the user, group, or service account in a role binding or cluster role"
                            + " binding",
                    Flags.class,
                    SetSubject::run);

    record Flags(
            ChangeFlags change,
            @Flag("Usernames to bind to the role") List<String> user,
            @Flag("Groups to bind to the role") List<String> group,
            @Flag("Service accounts to bind to the role") List<String> serviceaccount)
            implements ChangeFlags.Holder {}

    private SetSubject() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        var added = Rules.subjects(flags.user(), flags.group(), flags.serviceaccount());
        if (added.items().isEmpty()) {
            throw new CliError(
                    "you must specify at least one value of user, group or serviceaccount");
        }
        var changes = new Changes(call.session(), flags.change(), "kubectl-set");
        return changes.each(
                changes.allTargets(call.arguments()),
                target -> {
                    var subjects = new ArrayList<Json>(Trees.objects(target.object(), "subjects"));
                    added.items().stream()
                            .filter(s -> !subjects.contains(s))
                            .forEach(subjects::add);
                    changes.patch(
                            target,
                            Changes.MERGE,
                            Trees.of("subjects", Json.array(subjects)),
                            "subjects updated");
                });
    }
}
