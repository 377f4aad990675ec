package io.coxswain.cli.commands.set;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.commands.ChangeFlags;
import io.coxswain.cli.commands.Changes;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.resource.Targets;
import io.coxswain.cli.server.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// `set env`.
final class SetEnv {

    static final Command COMMAND =
            Command.of(
                    "set env RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N [options]",
                    "Update environment variables on a pod template",
                    Flags.class,
                    SetEnv::run);

    record Flags(
            ChangeFlags change,
            @Flag(
                            value = "The names of containers in the pod templates to change",
                            letter = "c",
                            def = "*")
                    String containers,
            @Flag(value = "Environment variables to set", letter = "e") List<String> env,
            @Flag("The name of a resource from which to inject environment variables") String from,
            @Flag("Comma-separated list of keys to import from specified resource")
                    List<String> keys,
            @Flag("If true, display the environment.") boolean list,
            @Flag(value = "If true, allow environment to be overwritten.", def = "true")
                    boolean overwrite,
            @Flag("Prefix to append to variable names") String prefix)
            implements ChangeFlags.Holder {}

    private SetEnv() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        var words = PodSpecs.Words.of(call.arguments(), true);
        flags.env()
                .forEach(word ->
                        words.settings().putAll(PodSpecs.Words.of(List.of(word), true).settings()));
        var variables = new ArrayList<Json>();
        if (!flags.from().isEmpty()) {
            variables.addAll(imported(call));
        }
        words.settings().forEach((name, value) -> variables.add(variable(name, value)));
        var changes = new Changes(call.session(), flags.change(), "kubectl-set");
        return changes.each(
                changes.allTargets(words.objects()),
                target -> {
                    if (flags.list()) {
                        list(call, target);
                    } else {
                        set(call, changes, target, variables);
                    }
                });
    }

    private static Json variable(String name, String value) {
        return name.endsWith("-")
                ? Trees.of("name", name.substring(0, name.length() - 1), "$patch", "delete")
                : Trees.of("name", name, "value", value);
    }

    /// A variable for each key of a ConfigMap or Secret.
    private static List<Json> imported(Call<Flags> call) {
        var flags = call.flags();
        var targets = new Targets(call.session());
        var source = targets.fetch(targets.named(List.of(flags.from())).getFirst());
        var kind = source.type().kind();
        if (!kind.equals("ConfigMap") && !kind.equals("Secret")) {
            throw new CliError("unsupported resource specified in --from");
        }
        var reference = kind.equals("Secret") ? "secretKeyRef" : "configMapKeyRef";
        var variables = new ArrayList<Json>();
        for (var key : new TreeMap<>(Trees.map(source.object(), "data")).keySet()) {
            if (!flags.keys().isEmpty() && !flags.keys().contains(key)) {
                continue;
            }
            var name = flags.prefix() + key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
            var bare = name.substring(flags.prefix().length());
            if (!bare.equals(key)) {
                call.session().err().println("Warning: key " + key + " transferred to " + bare);
            }
            var selector = Trees.of("key", key, "name", source.name());
            variables.add(Trees.of("name", name, "valueFrom", Trees.of(reference, selector)));
        }
        return variables;
    }

    private static void set(
            Call<Flags> call, Changes changes, Target target, List<Json> variables) {
        var spec = PodSpecs.of(target);
        if (!call.flags().overwrite()) {
            refuseOverwriting(spec, variables);
        }
        var changed =
                PodSpecs.containers(
                        spec,
                        call.flags().containers(),
                        container -> variables.isEmpty() ? Json.EMPTY : env(container, variables));
        if (changed.isEmpty()) {
            call.session()
                    .err()
                    .println(
                            "Warning: "
                                    + target.type().kind()
                                    + "/"
                                    + target.name()
                                    + " does not have any containers matching \""
                                    + call.flags().containers()
                                    + "\"");
            return;
        }
        PodSpecs.patch(changes, target, Trees.of("containers", Json.array(changed)), "env updated");
    }

    /// A variable has either a value or a source: the patch takes away the other one.
    private static Json.Obj env(Json.Obj container, List<Json> variables) {
        var patch = new ArrayList<Json>();
        for (var item : variables) {
            var variable = Trees.object(item);
            for (var known : Trees.objects(container, "env")) {
                if (known.text("name").equals(variable.text("name"))) {
                    variable = instead(variable, known, "value", "valueFrom");
                    variable = instead(variable, known, "valueFrom", "value");
                }
            }
            patch.add(variable);
        }
        return Trees.of("env", Json.array(patch));
    }

    private static Json.Obj instead(Json.Obj variable, Json.Obj known, String old, String other) {
        return variable.get(other) != null && known.get(old) != null
                ? variable.with(old, Json.NULL)
                : variable;
    }

    private static void refuseOverwriting(Json.Obj spec, List<Json> variables) {
        for (var container : Trees.objects(spec, "containers")) {
            for (var known : Trees.objects(container, "env")) {
                var name = known.text("name");
                var clash =
                        variables.stream().anyMatch(v -> Trees.object(v).text("name").equals(name));
                if (clash) {
                    throw new CliError(
                            "'"
                                    + name
                                    + "' already has a value ("
                                    + known.text("value")
                                    + "), and --overwrite is false");
                }
            }
        }
    }

    private static void list(Call<Flags> call, Target target) {
        var out = call.session().out();
        for (var container : Trees.objects(PodSpecs.of(target), "containers")) {
            if (!PodSpecs.matches(call.flags().containers(), container.text("name"))) {
                continue;
            }
            out.println(
                    "# "
                            + target.type().kind()
                            + " "
                            + target.name()
                            + ", container "
                            + container.text("name"));
            for (var variable : Trees.objects(container, "env")) {
                out.println(shown(variable));
            }
        }
    }

    private static String shown(Json.Obj variable) {
        var name = variable.text("name");
        for (var kind :
                Map.of("configMapKeyRef", "configmap", "secretKeyRef", "secret").entrySet()) {
            var reference = Trees.object(variable, "valueFrom", kind.getKey());
            if (!reference.fields().isEmpty()) {
                return "# %s from %s %s, key %s"
                        .formatted(
                                name,
                                kind.getValue(),
                                reference.text("name"),
                                reference.text("key"));
            }
        }
        var field = Trees.text(variable, "valueFrom.fieldRef.fieldPath");
        return field.isEmpty()
                ? name + "=" + variable.text("value")
                : "# " + name + " from field path " + field;
    }
}
