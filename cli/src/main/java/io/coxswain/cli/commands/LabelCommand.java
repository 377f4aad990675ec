package io.coxswain.cli.commands;

import io.coxswain.api.json.Json;
import io.coxswain.api.validation.Names;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `label` and `annotate`, which differ in words only.
public final class LabelCommand {

    public static final Command LABEL =
            Command.of(
                    "label [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N"
                            + " [--resource-version=version] [options]",
                    "Update the labels on a resource",
                    Flags.class,
                    call -> run(call, "labels"));

    public static final Command ANNOTATE =
            Command.of(
                    "annotate [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N"
                            + " [--resource-version=version] [options]",
                    "Update the annotations on a resource",
                    Flags.class,
                    call -> run(call, "annotations"));

    public record Flags(
            ChangeFlags change,
            @Flag("If true, display the labels for a given resource.") boolean list,
            @Flag(
                            "If true, allow labels to be overwritten, otherwise reject label"
                                    + " updates that"
                                    + " overwrite existing labels.")
                    boolean overwrite,
            @Flag("The labels update will only succeed if this is the current resource-version.")
                    String resourceVersion)
            implements ChangeFlags.Holder {}

    private LabelCommand() {}

    private static int run(Call<Flags> call, String field) {
        var word = field.equals("labels") ? "label" : "annotation";
        var objects = new ArrayList<String>();
        var changes = new LinkedHashMap<String, Json>();
        for (var argument : call.arguments()) {
            var equals = argument.indexOf('=');
            if (equals > 0 && !(objects.isEmpty() && call.flags().change().files().isEmpty())) {
                if (field.equals("labels")) {
                    checkLabel(argument, argument.substring(equals + 1));
                }
                put(changes, argument.substring(0, equals), argument.substring(equals + 1), field);
            } else if (argument.endsWith("-") && argument.length() > 1 && !objects.isEmpty()) {
                put(changes, argument.substring(0, argument.length() - 1), null, field);
            } else if (changes.isEmpty()) {
                objects.add(argument);
            } else {
                throw new CliError(
                        "all resources must be specified before " + word + " changes: " + argument);
            }
        }
        if (objects.isEmpty() && call.flags().change().files().isEmpty()) {
            throw new CliError(
                    "one or more resources must be specified as <resource> <name> or"
                            + " <resource>/<name>");
        }
        if (changes.isEmpty() && !call.flags().list()) {
            throw new CliError("at least one " + word + " update is required");
        }
        var command = new Changes(call.session(), call.flags().change(), "kubectl-" + verb(word));
        var targets = command.targets(objects);
        return command.each(
                targets,
                target -> {
                    if (call.flags().list()) {
                        list(call, target, field, targets.size() > 1);
                    } else {
                        change(call, command, target, field, changes);
                    }
                });
    }

    private static void checkLabel(String argument, String value) {
        if (value.contains("=")) {
            throw new CliError("invalid label spec: " + argument);
        }
        var wrong = Names.labelValue(value);
        if (!wrong.isEmpty()) {
            throw new CliError(
                    "invalid label value: \"" + argument + "\": " + String.join(";", wrong));
        }
    }

    /// @param value null to remove what is there
    private static void put(
            Map<String, Json> changes, String key, @Nullable String value, String field) {
        var known = changes.put(key, value == null ? Json.NULL : Json.of(value));
        if (known != null && (known instanceof Json.Null) != (value == null)) {
            throw new CliError(
                    field.equals("labels")
                            ? "can not both modify and remove a label in the same command"
                            : "can not both modify and remove the following annotation(s) in the"
                                    + " same command: "
                                    + key);
        }
    }

    private static String verb(String word) {
        return word.equals("label") ? "label" : "annotate";
    }

    private static void list(Call<Flags> call, Target target, String field, boolean titled) {
        var out = call.session().out();
        if (titled) {
            out.println(
                    "Listing "
                            + field
                            + " for "
                            + target.type().kind()
                            + "."
                            + target.type().group()
                            + "/"
                            + target.name()
                            + ":");
        }
        new TreeMap<>(Trees.map(target.object(), "metadata." + field))
                .forEach((name, value) -> out.println((titled ? " " : "") + name + "=" + value));
    }

    private static void change(
            Call<Flags> call,
            Changes command,
            Target target,
            String field,
            Map<String, Json> changes) {
        var before = Trees.map(target.object(), "metadata." + field);
        var clashes = new ArrayList<String>();
        var added = false;
        var removed = false;
        for (var change : changes.entrySet()) {
            var old = before.get(change.getKey());
            if (change.getValue() instanceof Json.Str(var value)) {
                if (old != null && !old.equals(value) && !call.flags().overwrite()) {
                    clashes.add(clash(change.getKey(), old));
                }
                added |= !value.equals(old);
            } else if (old == null) {
                call.session()
                        .out()
                        .println(
                                (field.equals("labels") ? "label" : "annotation")
                                        + " \""
                                        + change.getKey()
                                        + "\" not found.");
            } else {
                removed = true;
            }
        }
        if (!clashes.isEmpty()) {
            throw clashes(field, clashes);
        }
        var metadata = Trees.of(field, Json.object(changes));
        if (!call.flags().resourceVersion().isEmpty()) {
            metadata = metadata.with("resourceVersion", Json.of(call.flags().resourceVersion()));
        }
        var done = field.equals("labels") ? labelled(added, removed) : "annotated";
        if (!added && !removed) {
            command.tell(target, target.object(), done);
            return;
        }
        command.patch(target, Changes.MERGE, Trees.of("metadata", metadata), done);
    }

    private static String clash(String name, String old) {
        return "'" + name + "' already has a value (" + old + ")";
    }

    private static CliError clashes(String field, List<String> clashes) {
        if (field.equals("annotations")) {
            return new CliError(
                    "--overwrite is false but found the following declared annotation(s): "
                            + String.join("; ", clashes));
        }
        var refused = clashes.stream().map(c -> c + ", and --overwrite is false").toList();
        return new CliError(
                refused.size() == 1 ? refused.getFirst() : "[" + String.join(", ", refused) + "]");
    }

    private static String labelled(boolean added, boolean removed) {
        if (added) {
            return "labeled";
        }
        return removed ? "unlabeled" : "not labeled";
    }
}
