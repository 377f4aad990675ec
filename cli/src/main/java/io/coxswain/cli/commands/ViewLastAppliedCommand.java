package io.coxswain.cli.commands;

import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.resource.FileFlags;
import io.coxswain.cli.resource.SelectFlags;
import io.coxswain.cli.resource.Targets;

/// `apply view-last-applied`: shows what was applied last.
final class ViewLastAppliedCommand {

    static final Command COMMAND =
            Command.of(
                    "apply view-last-applied (TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)",
                    "View the latest last-applied-configuration annotations by type/name or file",
                    Flags.class,
                    ViewLastAppliedCommand::run);

    record Flags(
            GlobalFlags global,
            FileFlags files,
            SelectFlags select,
            @Flag("Select all resources in the namespace of the specified resource types")
                    boolean all,
            @Flag(value = "Output format. Must be one of (yaml, json)", letter = "o", def = "yaml")
                    String output)
            implements GlobalFlags.Holder {}

    private ViewLastAppliedCommand() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        var targets =
                new Targets(call.session())
                        .fetched(flags.files(), call.arguments(), flags.select(), flags.all());
        for (var target : targets) {
            if (!LastApplied.in(target.object())) {
                throw new CliError(
                        "no last-applied-configuration annotation found on resource: "
                                + target.name());
            }
            var applied = JsonWriter.sorted(LastApplied.of(target.object()));
            call.session()
                    .out()
                    .print(
                            flags.output().equals("json")
                                    ? JsonWriter.pretty(applied, 2) + "\n"
                                    : Yaml.write(applied));
        }
        return 0;
    }
}
