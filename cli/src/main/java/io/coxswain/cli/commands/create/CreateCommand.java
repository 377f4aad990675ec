package io.coxswain.cli.commands.create;

import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.Command.Line;
import io.coxswain.cli.Failures;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.commands.Selecting;
import io.coxswain.cli.output.OutputFlags;
import io.coxswain.cli.resource.FileFlags;
import io.coxswain.cli.resource.ManifestFiles;
import io.coxswain.cli.resource.Targets;
import java.util.List;

/// `create -f`: creates the objects of files.
public final class CreateCommand {

    private static final List<Line> CHILDREN = List.of();

    public static final Command COMMAND =
            Command.of(
                            "create -f FILENAME [options]",
                            "Create a resource from a file or from stdin",
                            Flags.class,
                            CreateCommand::run)
                    .with(CHILDREN);

    public record Flags(
            CreationFlags creation,
            FileFlags files,
            @Flag(
                            value =
                                    "Selector (label query) to filter on, supports '=', '==', '!=',"
                                            + " 'in', 'notin'.",
                            letter = "l")
                    String selector)
            implements GlobalFlags.Holder {

        @Override
        public GlobalFlags global() {
            return creation.global();
        }

        OutputFlags output() {
            return creation.output();
        }
    }

    private CreateCommand() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        var session = call.session();
        if (!call.arguments().isEmpty()) {
            throw CliError.usage(
                    "create", "Unexpected args: [" + String.join(" ", call.arguments()) + "]");
        }
        if (flags.files().isEmpty()) {
            throw new CliError("must specify one of -f and -k");
        }
        var files = new ManifestFiles(session.in(), flags.files().recursive());
        if (!flags.creation().validate().checks()) {
            files.unchecked();
        }
        var manifests = files.read(flags.files().files());
        if (manifests.isEmpty()) {
            throw new CliError("no objects passed to create");
        }
        var selector = Selecting.labels(flags.selector());
        var creation = new Creation(session, flags.creation());
        var targets = new Targets(session);
        var failures = new Failures.Collector();
        for (var manifest : manifests) {
            if (flags.selector().isEmpty() || Selecting.matches(selector, manifest.object())) {
                failures.attempt(() -> creation.create(targets.target(manifest)));
            }
        }
        creation.finish();
        failures.finish();
        return 0;
    }
}
