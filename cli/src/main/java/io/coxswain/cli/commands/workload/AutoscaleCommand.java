package io.coxswain.cli.commands.workload;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.commands.create.Creation;
import io.coxswain.cli.commands.create.CreationFlags;
import io.coxswain.cli.resource.FileFlags;
import io.coxswain.cli.resource.SelectFlags;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.resource.Targets;
import io.coxswain.cli.server.Trees;
import java.util.List;

/// `autoscale`: makes a HorizontalPodAutoscaler for a workload.
public final class AutoscaleCommand {

    public static final Command COMMAND =
            Command.of(
                    "autoscale (-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS"
                            + " [--cpu-percent=CPU] [options]",
                    "Auto-scale a deployment, replica set, stateful set, or replication controller",
                    Flags.class,
                    AutoscaleCommand::run);

    public record Flags(
            CreationFlags creation,
            FileFlags files,
            @Flag(
                            value =
                                    "The target average CPU utilization over all the pods,"
                                            + " represented as a percent of requested CPU.",
                            def = "-1")
                    int cpuPercent,
            @Flag(value = "The upper limit for the number of pods. Required.", def = "-1") int max,
            @Flag(value = "The lower limit for the number of pods.", def = "-1") int min,
            @Flag("The name for the newly created object.") String name)
            implements CreationFlags.Holder {}

    private AutoscaleCommand() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        if (!call.given("max")) {
            throw new CliError("required flag(s) \"max\" not set");
        }
        if (flags.max() < 1) {
            throw new CliError(
                    "--max=MAXPODS is required and must be at least 1, max: " + flags.max());
        }
        if (flags.max() < flags.min()) {
            throw new CliError(
                    "--max=MAXPODS must be larger or equal to --min=MINPODS, max: %d, min: %d"
                            .formatted(flags.max(), flags.min()));
        }
        var targets =
                new Targets(call.session())
                        .fetched(flags.files(), call.arguments(), SelectFlags.NONE, false);
        var creation = new Creation(call.session(), flags.creation()).called("autoscaled").plain();
        for (var target : targets) {
            check(target);
            creation.add(autoscaler(flags, target));
        }
        creation.finish();
        return 0;
    }

    private static void check(Target target) {
        var type = target.type();
        if (type.subresources().stream().noneMatch(sub -> sub.name().equals("scale"))) {
            throw new CliError(
                    "cannot autoscale a %s: could not find scale subresource for %s/%s, Resource=%s"
                                    .formatted(
                                            type.kind(),
                                            type.group(),
                                            type.version(),
                                            type.plural())
                            + " in discovery information");
        }
    }

    private static Json.Obj autoscaler(Flags flags, Target target) {
        var of =
                Trees.of(
                        "apiVersion",
                        target.type().apiVersion(),
                        "kind",
                        target.type().kind(),
                        "name",
                        target.name());
        var spec = Trees.of("maxReplicas", flags.max(), "scaleTargetRef", of);
        if (flags.min() > 0) {
            spec = spec.with("minReplicas", Json.of(flags.min()));
        }
        if (flags.cpuPercent() >= 0) {
            var goal = Trees.of("averageUtilization", flags.cpuPercent(), "type", "Utilization");
            var metric =
                    Trees.of(
                            "resource",
                            Trees.of("name", "cpu", "target", goal),
                            "type",
                            "Resource");
            spec = spec.with("metrics", Json.array(List.of(metric)));
        }
        var name = flags.name().isEmpty() ? target.name() : flags.name();
        return Creation.object("autoscaling/v2", "HorizontalPodAutoscaler", name)
                .with("spec", spec)
                .with("status", Trees.of("currentMetrics", Json.NULL, "desiredReplicas", 0));
    }
}
