package io.coxswain.cli.commands.edit;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.ApiError;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.Durations;
import io.coxswain.cli.Failures;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.commands.Deleter;
import io.coxswain.cli.commands.DryRunFlag;
import io.coxswain.cli.commands.LastApplied;
import io.coxswain.cli.commands.ValidateFlag;
import io.coxswain.cli.output.DryRun;
import io.coxswain.cli.output.Outcome;
import io.coxswain.cli.output.OutputFlags;
import io.coxswain.cli.resource.FileFlags;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.resource.Targets;
import io.coxswain.http.Query;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `replace`: puts the objects of files in the place of those that are there.
public final class ReplaceCommand {

    public static final Command COMMAND =
            Command.of(
                    "replace -f FILENAME [options]",
                    "Replace a resource by file name or stdin",
                    Flags.class,
                    ReplaceCommand::run);

    public record Flags(
            GlobalFlags global,
            FileFlags files,
            OutputFlags output,
            DryRunFlag dryRun,
            ValidateFlag validate,
            @Flag(value = "The deletion cascading strategy for the dependents.", def = "background")
                    String cascade,
            @Flag(
                            value = "Name of the manager used to track field ownership.",
                            def = "kubectl-replace")
                    String fieldManager,
            @Flag("If true, delete the objects first and then create them again.") boolean force,
            @Flag(value = "Period of time in seconds given to terminate gracefully.", def = "-1")
                    int gracePeriod,
            @Flag("If true, the configuration will be saved in the object's annotation.")
                    boolean saveConfig,
            @Flag("If specified, replace will operate on the subresource of the object.")
                    String subresource,
            @Flag(value = "How long to wait for the end of a deleted object", def = "0s")
                    String timeout)
            implements GlobalFlags.Holder {}

    private ReplaceCommand() {}

    private static int run(Call<Flags> call) throws IOException {
        var flags = call.flags();
        var session = call.session();
        if (flags.files().isEmpty()) {
            throw new CliError("must specify one of -f and -k");
        }
        if (flags.gracePeriod() >= 0 && !flags.force()) {
            throw new CliError("--grace-period must have --force specified");
        }
        var dryRun = DryRun.parse(flags.dryRun().dryRun(), session.err());
        if (flags.force() && dryRun != DryRun.NONE) {
            throw new CliError("--dry-run can not be used when --force is set");
        }
        var outcome = new Outcome(flags.output(), dryRun, session.out());
        var targets = new ArrayList<Target>();
        for (var target : new Targets(session).fromFiles(flags.files())) {
            var object = target.object();
            targets.add(flags.saveConfig() ? target.with(LastApplied.put(object)) : target);
        }
        if (flags.force()) {
            delete(call, targets);
        }
        var query =
                Targets.writing(
                        flags.fieldManager(), dryRun.server(), flags.validate().parameter());
        var failures = new Failures.Collector();
        for (var target : targets) {
            failures.attempt(
                    () -> outcome.tell(replaced(call, target, query), target.type(), "replaced"));
        }
        outcome.finish();
        failures.finish();
        return 0;
    }

    private static Json.Obj replaced(Call<Flags> call, Target target, Query query) {
        var server = call.session().server();
        var flags = call.flags();
        if (DryRun.parse(flags.dryRun().dryRun(), call.session().err()).client()) {
            server.get(target.path());
            return target.object();
        }
        try {
            var sub = flags.subresource().isEmpty() ? "" : "/" + flags.subresource();
            return flags.force()
                    ? server.post(target.collection(), query, target.object())
                    : server.put(target.path() + sub, query, target.object());
        } catch (ApiError e) {
            throw Targets.during("replacing", target.source(), e);
        }
    }

    private static void delete(Call<Flags> call, List<Target> targets) throws IOException {
        var flags = call.flags();
        var propagation =
                switch (flags.cascade()) {
                    case "orphan" -> "Orphan";
                    case "foreground" -> "Foreground";
                    default -> "Background";
                };
        var options =
                new Deleter.Options(
                        DryRun.NONE, flags.gracePeriod(), propagation, true, false, false);
        var deleter = new Deleter(call.session(), options);
        var deleted = new ArrayList<Deleter.Deleted>();
        for (var target : targets) {
            var one = deleter.delete(target);
            if (one != null) {
                deleted.add(one);
            }
        }
        deleter.awaitGone(deleted, Durations.parse(flags.timeout()));
    }
}
