package io.coxswain.cli.commands.create;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.server.Trees;
import java.util.List;

/// `create cronjob`.
final class CreateCronJob {

    static final Command COMMAND =
            Command.of(
                    "create cronjob NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND]"
                            + " [args...] [options]",
                    "Create a cron job with the specified name",
                    Flags.class,
                    CreateCronJob::run);

    record Flags(
            CreationFlags creation,
            @Flag("Image name to run.") String image,
            @Flag("job's restart policy. supported values: OnFailure, Never") String restart,
            @Flag("A schedule in the Cron format the job should be run with.") String schedule)
            implements CreationFlags.Holder {}

    private CreateCronJob() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        Creation.required(call, "image", "schedule");
        var name = Creation.name(call, "create cronjob");
        var container = Trees.of("image", flags.image(), "name", name, "resources", Json.EMPTY);
        if (!call.afterDash().isEmpty()) {
            container = container.with("command", Trees.list(call.afterDash()));
        }
        var restart = flags.restart().isEmpty() ? "OnFailure" : flags.restart();
        if (!restart.equals("OnFailure") && !restart.equals("Never")) {
            throw new CliError("invalid restart policy: " + restart);
        }
        var pod = Trees.of("containers", Json.array(List.of(container)), "restartPolicy", restart);
        var template = Trees.of("metadata", Json.EMPTY, "spec", pod);
        var job =
                Trees.of(
                        "metadata", Trees.of("name", name), "spec", Trees.of("template", template));
        var spec = Trees.of("jobTemplate", job, "schedule", flags.schedule());
        return new Creation(call.session(), flags.creation())
                .create(
                        Creation.object("batch/v1", "CronJob", name)
                                .with("spec", spec)
                                .with("status", Json.EMPTY));
    }
}
