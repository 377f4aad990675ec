package io.coxswain.cli.commands.workload;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.Command.Line;
import io.coxswain.cli.commands.ChangeFlags;
import io.coxswain.cli.commands.Changes;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// `set`: changes the containers of workloads.
public final class SetCommand {

    private static final Command IMAGE =
            Command.of(
                    "set image (-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ..."
                            + " [options]",
                    "Update the image of a pod template",
                    Flags.class,
                    call -> run(call, "image"));

    private static final Command ENV =
            Command.of(
                    "set env RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N [options]",
                    "Update environment variables on a pod template",
                    Flags.class,
                    call -> run(call, "env"));

    private static final Command RESOURCES =
            Command.of(
                    "set resources (-f FILENAME | TYPE NAME) ([--limits=LIMITS &"
                            + " --requests=REQUESTS]) [options]",
                    "Update resource requests/limits on objects with pod templates",
                    Flags.class,
                    call -> run(call, "resources"));

    private static final Command SERVICE_ACCOUNT =
            Command.of(
                    "set serviceaccount (-f FILENAME | TYPE NAME) SERVICE_ACCOUNT [options]",
                    "Update the service account of a resource",
                    Flags.class,
                    call -> run(call, "serviceaccount"));

    public static final Command COMMAND =
            Command.group(
                    "set SUBCOMMAND [options]",
                    "Set specific features on objects",
                    List.of(
                            Line.of(
                                    "env",
                                    "Update environment variables on a pod template",
                                    () -> ENV),
                            Line.of("image", "Update the image of a pod template", () -> IMAGE),
                            Line.of(
                                    "resources",
                                    "Update resource requests/limits on objects with pod templates",
                                    () -> RESOURCES),
                            Line.of(
                                    "serviceaccount",
                                    "Update the service account of a resource",
                                    () -> SERVICE_ACCOUNT)));

    record Flags(
            ChangeFlags change,
            @Flag(
                            value =
                                    "The names of containers in the selected pod templates to"
                                            + " change",
                            letter = "c",
                            def = "*")
                    String containers,
            @Flag("The resource requirement limits for this container.") String limits,
            @Flag("The resource requirement requests for this container.") String requests,
            @Flag("If true, display the environment.") boolean list)
            implements ChangeFlags.Holder {}

    private SetCommand() {}

    private static int run(Call<Flags> call, String what) {
        var objects = new ArrayList<String>();
        var settings = new LinkedHashMap<String, String>();
        for (var argument : call.arguments()) {
            var equals = argument.indexOf('=');
            if (equals > 0) {
                settings.put(argument.substring(0, equals), argument.substring(equals + 1));
            } else if (what.equals("env") && argument.endsWith("-")) {
                settings.put(argument, "");
            } else {
                objects.add(argument);
            }
        }
        if (what.equals("serviceaccount") && !objects.isEmpty()) {
            settings.put("serviceaccount", objects.removeLast());
        }
        var changes = new Changes(call.session(), call.flags().change(), "kubectl-set");
        return changes.each(
                changes.targets(objects),
                target -> {
                    if (call.flags().list()) {
                        list(call, target);
                        return;
                    }
                    var spec = Trees.object(target.object(), path(target).split("\\."));
                    var patch = patch(call, what, spec, settings);
                    var words =
                            switch (what) {
                                case "resources" -> "resource requirements updated";
                                case "serviceaccount" -> "serviceaccount updated";
                                default -> what + " updated";
                            };
                    changes.patch(
                            target,
                            Changes.STRATEGIC,
                            Trees.set(Json.EMPTY, path(target), patch),
                            words);
                });
    }

    /// Where the pod spec is.
    private static String path(Target target) {
        return switch (target.type().kind()) {
            case "Pod" -> "spec";
            case "CronJob" -> "spec.jobTemplate.spec.template.spec";
            default -> "spec.template.spec";
        };
    }

    private static Json.Obj patch(
            Call<Flags> call, String what, Json.Obj spec, Map<String, String> settings) {
        return switch (what) {
            case "image" -> images(spec, settings);
            case "serviceaccount" ->
                    Trees.of("serviceAccountName", settings.getOrDefault("serviceaccount", ""));
            case "env" -> each(call, spec, container -> environment(settings));
            default -> each(call, spec, container -> resources(call.flags()));
        };
    }

    private static Json.Obj images(Json.Obj spec, Map<String, String> settings) {
        var patch = Json.EMPTY;
        var unknown = new ArrayList<>(settings.keySet());
        for (var list : List.of("initContainers", "containers")) {
            var changed = new ArrayList<Json>();
            for (var container : Trees.objects(spec, list)) {
                var name = container.text("name");
                var image = settings.getOrDefault(name, settings.get("*"));
                if (image != null) {
                    unknown.remove(name);
                    unknown.remove("*");
                    changed.add(Trees.of("name", name, "image", image));
                }
            }
            patch = changed.isEmpty() ? patch : patch.with(list, Json.array(changed));
        }
        if (!unknown.isEmpty()) {
            throw new CliError("unable to find container named \"" + unknown.getFirst() + "\"");
        }
        return patch;
    }

    private static Json.Obj each(
            Call<Flags> call, Json.Obj spec, Function<Json.Obj, Json.Obj> change) {
        var wanted = call.flags().containers();
        var changed = new ArrayList<Json>();
        for (var container : Trees.objects(spec, "containers")) {
            var name = container.text("name");
            if (wanted.equals("*") || List.of(wanted.split(",")).contains(name)) {
                var fields = new LinkedHashMap<String, Json>();
                fields.put("name", Json.of(name));
                fields.putAll(change.apply(container).fields());
                changed.add(new Json.Obj(fields));
            }
        }
        return Trees.of("containers", Json.array(changed));
    }

    private static Json.Obj environment(Map<String, String> settings) {
        var variables = new ArrayList<Json>();
        settings.forEach((name, value) ->
                variables.add(
                        name.endsWith("-")
                                ? Trees.of(
                                        "name",
                                        name.substring(0, name.length() - 1),
                                        "$patch",
                                        "delete")
                                : Trees.of("name", name, "value", value)));
        return Trees.of("env", Json.array(variables));
    }

    private static Json.Obj resources(Flags flags) {
        var resources = Json.EMPTY;
        if (!flags.limits().isEmpty()) {
            resources = resources.with("limits", amounts(flags.limits()));
        }
        if (!flags.requests().isEmpty()) {
            resources = resources.with("requests", amounts(flags.requests()));
        }
        return Trees.of("resources", resources);
    }

    private static Json.Obj amounts(String text) {
        var amounts = new LinkedHashMap<String, String>();
        for (var word : text.split(",")) {
            var equals = word.indexOf('=');
            if (equals <= 0) {
                throw new CliError(
                        "Invalid argument syntax " + word + ", expected <resource>=<value>");
            }
            amounts.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return Trees.strings(amounts);
    }

    private static void list(Call<Flags> call, Target target) {
        var out = call.session().out();
        var spec = Trees.object(target.object(), path(target).split("\\."));
        for (var container : Trees.objects(spec, "containers")) {
            out.println(
                    "# "
                            + target.type().plural()
                            + " "
                            + target.name()
                            + ", container "
                            + container.text("name"));
            for (var variable : Trees.objects(container, "env")) {
                out.println(variable.text("name") + "=" + variable.text("value"));
            }
        }
    }
}
