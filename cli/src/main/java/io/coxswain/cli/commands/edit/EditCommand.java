package io.coxswain.cli.commands.edit;

import io.coxswain.api.Kinds;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.api.patch.MergePatch;
import io.coxswain.api.patch.StrategicDiff;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Schema;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.ErrorText;
import io.coxswain.cli.commands.ChangeFlags;
import io.coxswain.cli.commands.Changes;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.stream.Collectors;

/// `edit`: lets the user change objects in an editor, each in a file of its own.
public final class EditCommand {

    private static final String LEAD =
            """
            # Please edit the object below. Lines beginning with a '#' will be ignored,
            # and an empty file will abort the edit. If an error occurs while saving this file \
            will be
            # reopened with the relevant failures.
            #
            """;

    public static final Command COMMAND =
            Command.of(
                    "edit (RESOURCE/NAME | -f FILENAME) [options]",
                    "Edit a resource on the server",
                    Flags.class,
                    EditCommand::run);

    record Flags(
            ChangeFlags change,
            @Flag("Output the patch if the resource is edited.") boolean outputPatch,
            @Flag("If specified, edit will operate on the subresource of the requested object.")
                    String subresource)
            implements ChangeFlags.Holder {}

    private EditCommand() {}

    private static int run(Call<Flags> call) {
        var changes = new Changes(call.session(), call.flags().change(), "kubectl-edit");
        var targets = changes.targets(call.arguments());
        return changes.each(
                targets,
                target -> {
                    try {
                        edit(call, changes, target);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static void edit(Call<Flags> call, Changes changes, Target target) throws IOException {
        var metadata = target.object().object("metadata").without("managedFields");
        var original = target.object().with("metadata", metadata);
        var body = Yaml.write(JsonWriter.sorted(original));
        var editor = new Editor(call.session().environment());
        var file = Editor.file(".yaml");
        var trouble = "";
        while (true) {
            Files.writeString(file, LEAD + trouble + body);
            editor.open(file);
            var edited = withoutComments(Files.readString(file));
            if (edited.equals(body) || edited.isBlank()) {
                if (!trouble.isEmpty()) {
                    call.session()
                            .err()
                            .println("A copy of your changes has been stored to \"" + file + "\"");
                    throw new CliError("Edit cancelled, no valid changes were saved.");
                }
                Files.delete(file);
                var why = edited.isBlank() ? "saved file was empty." : "no changes made.";
                call.session().err().println("Edit cancelled, " + why);
                return;
            }
            try {
                save(call, changes, target.with(original), edited);
                Files.delete(file);
                return;
            } catch (ApiError | DecodeError | CliError e) {
                var text = ErrorText.of(e, "edit", "");
                call.session().err().println(text);
                trouble = comment(text);
                body = edited;
            }
        }
    }

    private static String withoutComments(String text) {
        return text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static String comment(String text) {
        return text.lines().map(line -> "# " + line + "\n").collect(Collectors.joining()) + "#\n";
    }

    private static void save(Call<Flags> call, Changes changes, Target target, String edited) {
        if (!(Yaml.read(edited) instanceof Json.Obj wanted)) {
            throw new CliError("the edited file is no object");
        }
        if (!Trees.name(wanted).equals(target.name())) {
            throw new CliError("At least one of apiVersion, kind and name was changed");
        }
        var builtIn = Kinds.byKind(target.type().apiVersion(), target.type().kind());
        var patch =
                builtIn == null
                        ? MergePatch.diff(target.object(), wanted)
                        : StrategicDiff.twoWay(target.object(), wanted, Schema.of(builtIn.type()));
        if (patch.fields().isEmpty()) {
            call.session().err().println("Edit cancelled, no changes made.");
            return;
        }
        if (call.flags().outputPatch()) {
            var text = new String(JsonWriter.canonical(patch), StandardCharsets.UTF_8);
            call.session().out().println("Patch: " + text);
        }
        var sub = call.flags().subresource().isEmpty() ? "" : "/" + call.flags().subresource();
        changes.patch(
                target, sub, builtIn == null ? Changes.MERGE : Changes.STRATEGIC, patch, "edited");
    }
}
