package io.coxswain.cli.commands.pod;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.commands.create.Creation;
import io.coxswain.cli.commands.create.CreationFlags;
import io.coxswain.cli.server.Trees;
import java.util.ArrayList;
import java.util.List;

/// `run`: makes a pod of an image.
public final class RunCommand {

    public static final Command COMMAND =
            Command.of(
                    "run NAME --image=image [--env=\"key=value\"] [--port=port]"
                            + " [--dry-run=server|client] [--command] -- [COMMAND] [args...]"
                            + " [options]",
                    "Create and run a particular image in a pod",
                    Flags.class,
                    RunCommand::run);

    public record Flags(
            CreationFlags creation,
            @Flag("If true and extra arguments are present, use them as the 'command' field.")
                    boolean command,
            @Flag("Environment variables to set in the container.") List<String> env,
            @Flag("The image for the container to run.") String image,
            @Flag("The image pull policy for the container.") String imagePullPolicy,
            @Flag(value = "Comma separated labels to apply to the pod.", letter = "l")
                    String labels,
            @Flag("The port that this container exposes.") String port,
            @Flag(value = "The restart policy for this Pod.", def = "Always") String restart)
            implements GlobalFlags.Holder {

        @Override
        public GlobalFlags global() {
            return creation.global();
        }
    }

    private RunCommand() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        if (call.arguments().isEmpty()) {
            throw CliError.usage("run", "NAME is required for run");
        }
        if (flags.image().isEmpty()) {
            throw CliError.usage("run", "--image is required");
        }
        var name = call.argument(0);
        var labels = Trees.of("run", name);
        if (!flags.labels().isEmpty()) {
            labels = Json.EMPTY;
            for (var word : flags.labels().split(",")) {
                var equals = word.indexOf('=');
                if (equals <= 0) {
                    throw new CliError("unexpected label spec: " + word);
                }
                labels =
                        labels.with(word.substring(0, equals), Json.of(word.substring(equals + 1)));
            }
        }
        var spec =
                Trees.of(
                        "containers",
                        Json.array(List.of(container(call, name))),
                        "dnsPolicy",
                        "ClusterFirst",
                        "restartPolicy",
                        flags.restart());
        var pod = Trees.set(Creation.object("v1", "Pod", name), "metadata.labels", labels);
        return new Creation(call.session(), flags.creation()).create(pod.with("spec", spec));
    }

    private static Json.Obj container(Call<Flags> call, String name) {
        var flags = call.flags();
        var container = Trees.of("image", flags.image(), "name", name, "resources", Json.EMPTY);
        var words = call.arguments().subList(1, call.arguments().size());
        if (!words.isEmpty()) {
            container = container.with(flags.command() ? "command" : "args", Trees.list(words));
        }
        if (!flags.imagePullPolicy().isEmpty()) {
            container = container.with("imagePullPolicy", Json.of(flags.imagePullPolicy()));
        }
        if (!flags.port().isEmpty()) {
            var port = Trees.of("containerPort", Integer.parseInt(flags.port()));
            container = container.with("ports", Json.array(List.of(port)));
        }
        var variables = new ArrayList<Json>();
        for (var word : flags.env()) {
            var equals = word.indexOf('=');
            if (equals <= 0) {
                throw new CliError("invalid env: " + word);
            }
            variables.add(
                    Trees.of(
                            "name",
                            word.substring(0, equals),
                            "value",
                            word.substring(equals + 1)));
        }
        return variables.isEmpty() ? container : container.with("env", Json.array(variables));
    }
}
