package io.coxswain.cli.commands.set;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.commands.ChangeFlags;
import io.coxswain.cli.commands.Changes;
import io.coxswain.cli.server.Trees;
import java.util.ArrayList;
import java.util.List;

/// `set selector`: which pods a Service leads to.
final class SetSelector {

    static final Command COMMAND =
            Command.of(
                    "set selector (-f FILENAME | TYPE NAME) EXPRESSIONS"
                            + " [--resource-version=version] [options]",
                    "Set the selector on a resource",
                    Flags.class,
                    SetSelector::run);

    record Flags(
            ChangeFlags change,
            @Flag("If non-empty, the update only succeeds at this resource version.")
                    String resourceVersion)
            implements ChangeFlags.Holder {}

    private SetSelector() {}

    private static int run(Call<Flags> call) {
        if (call.arguments().isEmpty()) {
            throw new CliError("one selector is required");
        }
        var objects = new ArrayList<>(call.arguments());
        var selector = selector(objects.removeLast());
        var changes = new Changes(call.session(), call.flags().change(), "kubectl-set");
        return changes.each(
                changes.allTargets(objects),
                target -> {
                    if (!target.type().is("", "Service")) {
                        throw new CliError("setting a selector is only supported for Services");
                    }
                    var replace =
                            Trees.of("op", "add", "path", "/spec/selector", "value", selector);
                    changes.patch(
                            target, Changes.JSON, Json.array(List.of(replace)), "selector updated");
                });
    }

    private static Json.Obj selector(String text) {
        var selector = Json.EMPTY;
        for (var term : text.split(",")) {
            var parts = term.split("==?", -1);
            if (parts.length != 2) {
                throw new CliError("invalid selector: " + text);
            }
            selector = selector.with(parts[0].strip(), Json.of(parts[1].strip()));
        }
        return selector;
    }
}
