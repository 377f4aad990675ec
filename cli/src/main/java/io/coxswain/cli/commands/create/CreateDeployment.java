package io.coxswain.cli.commands.create;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.server.Trees;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// `create deployment`.
final class CreateDeployment {

    static final Command COMMAND =
            Command.of(
                    "create deployment NAME --image=image -- [COMMAND] [args...] [options]",
                    "Create a deployment with the specified name",
                    Flags.class,
                    CreateDeployment::run);

    record Flags(
            CreationFlags creation,
            @Flag("Image names to run.") List<String> image,
            @Flag(value = "The containerPort that this deployment exposes.", def = "-1") int port,
            @Flag(value = "Number of replicas to create.", letter = "r", def = "1") int replicas)
            implements CreationFlags.Holder {}

    private CreateDeployment() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        var name = Creation.name(call, "create deployment");
        if (flags.image().isEmpty()) {
            throw new CliError("required flag(s) \"image\" not set");
        }
        if (flags.image().size() > 1 && !call.afterDash().isEmpty()) {
            throw new CliError("cannot specify multiple --image options and command");
        }
        var labels = Trees.of("app", name);
        var template =
                Trees.of(
                        "metadata",
                        Trees.of("labels", labels),
                        "spec",
                        Trees.of("containers", Json.array(containers(call))));
        var spec =
                Trees.of(
                        "replicas",
                        flags.replicas(),
                        "selector",
                        Trees.of("matchLabels", labels),
                        "strategy",
                        Json.EMPTY,
                        "template",
                        template);
        var object =
                Trees.set(Creation.object("apps/v1", "Deployment", name), "metadata.labels", labels)
                        .with("spec", spec)
                        .with("status", Json.EMPTY);
        return new Creation(call.session(), flags.creation()).create(object);
    }

    private static List<Json.Obj> containers(Call<Flags> call) {
        var images =
                call.flags().image().stream().flatMap(i -> Arrays.stream(i.split(","))).toList();
        var containers = new ArrayList<Json.Obj>();
        for (var image : images) {
            var container = Trees.of("image", image, "name", name(image), "resources", Json.EMPTY);
            if (!call.afterDash().isEmpty()) {
                container = container.with("command", Trees.list(call.afterDash()));
            }
            if (call.flags().port() > 0) {
                var port = Trees.of("containerPort", call.flags().port());
                container = container.with("ports", Json.array(List.of(port)));
            }
            containers.add(container);
        }
        return containers;
    }

    /// `registry/team/nginx:1.25` is `nginx`.
    static String name(String image) {
        var last = image.substring(image.lastIndexOf('/') + 1);
        var name = last.split("[:@]")[0].replaceAll("[^-a-zA-Z0-9]", "-");
        return name.toLowerCase(Locale.ROOT);
    }
}
