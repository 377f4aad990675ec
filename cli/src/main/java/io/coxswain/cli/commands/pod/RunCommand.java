package io.coxswain.cli.commands.pod;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.patch.MergePatch;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.commands.create.Creation;
import io.coxswain.cli.commands.create.CreationFlags;
import io.coxswain.cli.commands.create.ServicePorts;
import io.coxswain.cli.server.Trees;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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
            @Flag("If true, create a ClusterIP service associated with the pod.") boolean expose,
            @Flag("The image for the container to run.") String image,
            @Flag("The image pull policy for the container.") String imagePullPolicy,
            @Flag(value = "Comma separated labels to apply to the pod.", letter = "l")
                    String labels,
            @Flag("An inline JSON override for the generated object.") String overrides,
            @Flag("The port that this container exposes.") String port,
            @Flag(value = "The restart policy for this Pod.", def = "Always") String restart)
            implements CreationFlags.Holder {}

    private static final String IMAGE = "[\\w.\\-:/@]+";
    private static final Set<String> RESTARTS = Set.of("Always", "OnFailure", "Never");

    private RunCommand() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        check(call);
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
        var creation = new Creation(call.session(), flags.creation()).plain();
        if (flags.expose()) {
            creation.add(service(flags, name));
        }
        var whole = pod.with("spec", spec).with("status", Json.EMPTY);
        return creation.create(overridden(whole, flags.overrides()));
    }

    private static void check(Call<Flags> call) {
        var flags = call.flags();
        Creation.required(call, "image");
        if (call.arguments().isEmpty()) {
            throw CliError.usage("run", "NAME is required for run");
        }
        if (!flags.image().matches(IMAGE)) {
            throw new CliError(
                    "Invalid image name \"" + flags.image() + "\": invalid reference format");
        }
        if (!RESTARTS.contains(flags.restart())) {
            throw CliError.usage("run", "invalid restart policy: " + flags.restart());
        }
        if (flags.expose() && flags.port().isEmpty()) {
            throw CliError.usage("run", "--port must be set when exposing a service");
        }
    }

    private static Json.Obj service(Flags flags, String name) {
        var port =
                Trees.of(
                        "port",
                        Integer.parseInt(flags.port()),
                        "protocol",
                        "TCP",
                        "targetPort",
                        Integer.parseInt(flags.port()));
        var spec = Trees.of("ports", Json.array(List.of(port)), "selector", Trees.of("run", name));
        return Creation.object("v1", "Service", name)
                .with("spec", spec)
                .with("status", ServicePorts.UNBALANCED);
    }

    /// What `--overrides` says, put over what the other flags say.
    private static Json.Obj overridden(Json.Obj pod, String overrides) {
        if (overrides.isEmpty()) {
            return pod;
        }
        try {
            return MergePatch.apply(
                    pod, JsonReader.readObject(overrides.getBytes(StandardCharsets.UTF_8)));
        } catch (DecodeError e) {
            throw new CliError("error parsing overrides: " + e.getMessage());
        }
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
