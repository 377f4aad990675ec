package io.coxswain.cli.commands;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.Yaml;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.resource.Targets;
import io.coxswain.cli.server.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// `patch`: changes fields of objects.
public final class PatchCommand {

    public static final Command COMMAND =
            Command.of(
                    "patch (-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE] [options]",
                    "Update fields of a resource",
                    Flags.class,
                    PatchCommand::run);

    public record Flags(
            ChangeFlags change,
            @Flag(value = "The patch to be applied to the resource JSON file.", letter = "p")
                    String patch,
            @Flag("A file containing a patch to be applied to the resource.") String patchFile,
            @Flag("If specified, patch will operate on the subresource of the requested object.")
                    String subresource,
            @Flag(
                            value =
                                    "The type of patch being provided; one of [json merge"
                                            + " strategic]",
                            def = "strategic")
                    String type)
            implements ChangeFlags.Holder {}

    private PatchCommand() {}

    private static int run(Call<Flags> call) throws IOException {
        var flags = call.flags();
        if (flags.patch().isEmpty() == flags.patchFile().isEmpty()) {
            throw new CliError(
                    flags.patch().isEmpty()
                            ? "must specify --patch or --patch-file containing the contents of the"
                                    + " patch"
                            : "cannot specify --patch and --patch-file together");
        }
        var text =
                flags.patch().isEmpty()
                        ? Files.readString(Path.of(flags.patchFile()))
                        : flags.patch();
        var contentType =
                switch (flags.type()) {
                    case "json" -> Changes.JSON;
                    case "merge" -> Changes.MERGE;
                    case "strategic" -> Changes.STRATEGIC;
                    default ->
                            throw new CliError(
                                    "--type must be one of [json merge strategic], not \""
                                            + flags.type()
                                            + "\"");
                };
        var patch = read(text);
        var changes = new Changes(call.session(), flags.change(), "kubectl-patch");
        return changes.each(
                changes.targets(call.arguments()),
                target -> patch(call, changes, target, contentType, patch));
    }

    private static Json read(String text) {
        try {
            return Yaml.read(text);
        } catch (DecodeError e) {
            throw new CliError("unable to parse \"" + text + "\": " + e.getMessage());
        }
    }

    private static void patch(
            Call<Flags> call, Changes changes, Target target, String contentType, Json patch) {
        var sub = call.flags().subresource();
        if (changes.clientOnly()) {
            changes.tell(target, target.object(), "patched");
            return;
        }
        var dryRun = call.flags().change().dryRun().dryRun().equals("server");
        var manager = call.flags().change().fieldManager();
        var query = Targets.writing(manager.isEmpty() ? "kubectl-patch" : manager, dryRun, "");
        var path = target.path() + (sub.isEmpty() ? "" : "/" + sub);
        var server = call.session().server();
        var before = sub.isEmpty() ? target.object() : server.get(path);
        var answer = server.patch(path, query, contentType, patch);
        var same =
                Trees.text(answer, "metadata.resourceVersion")
                        .equals(Trees.text(before, "metadata.resourceVersion"));
        var done = same && !dryRun ? "patched (no change)" : "patched";
        if (sub.isEmpty()) {
            changes.tell(target, answer, done);
        } else {
            changes.tellPart(answer, done);
        }
    }
}
