package io.coxswain.cli.commands.create;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.resource.Targets;
import io.coxswain.cli.server.Trees;
import java.util.List;

/// `create job`.
final class CreateJob {

    static final Command COMMAND =
            Command.of(
                    "create job NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...]"
                            + " [options]",
                    "Create a job with the specified name",
                    Flags.class,
                    CreateJob::run);

    record Flags(
            CreationFlags creation,
            @Flag("Image name to run.") String image,
            @Flag("The name of the resource to create a Job from (only cronjob is supported).")
                    String from)
            implements CreationFlags.Holder {}

    private CreateJob() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        var name = Creation.name(call, "create job");
        if (flags.image().isEmpty() == flags.from().isEmpty()) {
            throw new CliError("either --image or --from must be specified");
        }
        var creation = new Creation(call.session(), flags.creation());
        var job = Creation.object("batch/v1", "Job", name);
        if (!flags.from().isEmpty()) {
            return creation.create(from(call, job));
        }
        var container = Trees.of("image", flags.image(), "name", name, "resources", Json.EMPTY);
        if (!call.afterDash().isEmpty()) {
            container = container.with("command", Trees.list(call.afterDash()));
        }
        var pod = Trees.of("containers", Json.array(List.of(container)), "restartPolicy", "Never");
        var template = Trees.of("metadata", Json.EMPTY, "spec", pod);
        return creation.create(
                job.with("spec", Trees.of("template", template)).with("status", Json.EMPTY));
    }

    private static Json.Obj from(Call<Flags> call, Json.Obj job) {
        var targets = new Targets(call.session());
        var cron = targets.fetch(targets.named(List.of(call.flags().from())).getFirst()).object();
        var template = Trees.object(cron, "spec", "jobTemplate");
        var owner =
                Trees.of(
                        "apiVersion",
                        "batch/v1",
                        "kind",
                        "CronJob",
                        "name",
                        Trees.name(cron),
                        "uid",
                        Trees.text(cron, "metadata.uid"),
                        "controller",
                        true);
        var annotations =
                Trees.object(template, "metadata", "annotations")
                        .with("cronjob.kubernetes.io/instantiate", Json.of("manual"));
        var made = Trees.set(job, "metadata.annotations", annotations);
        made = Trees.set(made, "metadata.labels", Trees.object(template, "metadata", "labels"));
        made = Trees.set(made, "metadata.ownerReferences", Json.array(List.of(owner)));
        return made.with("spec", template.object("spec"));
    }
}
