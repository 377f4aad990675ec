package io.coxswain.cli.commands;

import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.Command.Line;
import io.coxswain.cli.Failures;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.output.DryRun;
import io.coxswain.cli.output.Outcome;
import io.coxswain.cli.output.OutputFlags;
import io.coxswain.cli.resource.FileFlags;
import io.coxswain.cli.resource.Manifest;
import io.coxswain.cli.resource.ManifestFiles;
import io.coxswain.cli.resource.Targets;
import java.util.List;

/// `apply`: makes objects be as files say.
public final class ApplyCommand {

    public static final Command COMMAND =
            Command.of(
                            "apply (-f FILENAME | -k DIRECTORY) [options]",
                            "Apply a configuration to a resource by file name or stdin",
                            Flags.class,
                            ApplyCommand::run)
                    .with(
                            List.of(
                                    Line.of(
                                            "view-last-applied",
                                            "View the latest last-applied-configuration annotations"
                                                    + " of a resource/object",
                                            () -> ViewLastAppliedCommand.COMMAND)));

    public record Flags(
            GlobalFlags global,
            FileFlags files,
            OutputFlags output,
            DryRunFlag dryRun,
            ValidateFlag validate,
            @Flag(
                            value =
                                    "Selector (label query) to filter on, supports '=', '==', '!=',"
                                            + " 'in', 'notin'.",
                            letter = "l")
                    String selector,
            @Flag("If true, server-side apply will force the changes against conflicts.")
                    boolean forceConflicts,
            @Flag("If true, apply runs in the server instead of the client.") boolean serverSide,
            @Flag(
                            value = "Name of the manager used to track field ownership.",
                            def = "kubectl-client-side-apply")
                    String fieldManager,
            @Flag(
                            value =
                                    "Automatically resolve conflicts between the modified and live"
                                            + " configuration by using values from the modified"
                                            + " configuration",
                            def = "true")
                    boolean overwrite,
            @Flag(value = "If true, wait for resources to be gone before returning.", name = "wait")
                    boolean waits,
            @Flag(
                            "If true, immediately remove resources from API and bypass graceful"
                                    + " deletion.")
                    boolean force)
            implements GlobalFlags.Holder {}

    private ApplyCommand() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        var session = call.session();
        if (!call.arguments().isEmpty()) {
            throw CliError.usage(
                    "apply", "Unexpected args: [" + String.join(" ", call.arguments()) + "]");
        }
        if (flags.files().isEmpty()) {
            throw new CliError("must specify one of -f and -k");
        }
        var dryRun = DryRun.parse(flags.dryRun().dryRun(), session.err());
        if (flags.serverSide() && dryRun.client()) {
            throw new CliError(
                    "--dry-run=client doesn't work with --server-side (did you mean"
                            + " --dry-run=server instead?)");
        }
        if (flags.forceConflicts() && !flags.serverSide()) {
            throw new CliError("--force-conflicts only works with --server-side");
        }
        var files = new ManifestFiles(session.in(), flags.files().recursive());
        if (!flags.validate().checks()) {
            files.unchecked();
        }
        var manifests = selected(files.read(flags.files().files()), flags.selector());
        if (manifests.isEmpty()) {
            throw new CliError("no objects passed to apply");
        }
        var outcome = new Outcome(flags.output(), dryRun, session.out()).together();
        var applier = new Applier(session, options(call, dryRun), outcome);
        var failures = new Failures.Collector();
        var targets = new Targets(session);
        for (var manifest : manifests) {
            failures.attempt(() -> applier.apply(targets.target(manifest)));
        }
        failures.finish();
        outcome.finish();
        return 0;
    }

    private static Applier.Options options(Call<Flags> call, DryRun dryRun) {
        var flags = call.flags();
        var manager =
                flags.serverSide() && !call.given("field-manager")
                        ? "kubectl"
                        : flags.fieldManager();
        return new Applier.Options(
                dryRun,
                manager,
                flags.validate().parameter(),
                flags.serverSide(),
                flags.forceConflicts(),
                flags.overwrite());
    }

    private static List<Manifest> selected(List<Manifest> manifests, String selector) {
        if (selector.isEmpty()) {
            return manifests;
        }
        var wanted = Selecting.labels(selector);
        return manifests.stream().filter(m -> Selecting.matches(wanted, m.object())).toList();
    }
}
