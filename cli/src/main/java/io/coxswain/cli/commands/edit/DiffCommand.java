package io.coxswain.cli.commands.edit;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.Session;
import io.coxswain.cli.commands.Merged;
import io.coxswain.cli.commands.Selecting;
import io.coxswain.cli.resource.FileFlags;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.resource.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `diff`: what `apply` would change, as the program `diff` (or `$KUBECTL_EXTERNAL_DIFF`) shows it.
///
/// The exit code is that of the program: 0 without and 1 with differences, more for trouble.
public final class DiffCommand {

    private static final int TROUBLE = 2;

    public static final Command COMMAND =
            Command.of(
                    "diff -f FILENAME [options]",
                    "Diff the live version against a would-be applied version",
                    Flags.class,
                    DiffCommand::run);

    public record Flags(
            GlobalFlags global,
            FileFlags files,
            @Flag(
                            value = "Name of the manager used to track field ownership.",
                            def = "kubectl-client-side-apply")
                    String fieldManager,
            @Flag("If true, server-side apply will force the changes against conflicts.")
                    boolean forceConflicts,
            @Flag(value = "Label selector to filter the objects of the files", letter = "l")
                    String selector,
            @Flag("If true, apply runs in the server instead of the client.") boolean serverSide,
            @Flag("If true, include managed fields in the diff.") boolean showManagedFields)
            implements GlobalFlags.Holder {}

    private DiffCommand() {}

    private static int run(Call<Flags> call) throws IOException {
        try {
            return compare(call);
        } catch (CliError e) {
            throw new CliError(e.getMessage(), TROUBLE);
        }
    }

    private static int compare(Call<Flags> call) throws IOException {
        var flags = call.flags();
        var session = call.session();
        if (!call.arguments().isEmpty()) {
            throw CliError.usage(
                    "diff", "Unexpected args: [" + String.join(" ", call.arguments()) + "]");
        }
        if (flags.files().isEmpty()) {
            throw new CliError("must specify one of -f and -k");
        }
        var live = Files.createTempDirectory("LIVE-");
        var merged = Files.createTempDirectory("MERGED-");
        try {
            var selector = Selecting.labels(flags.selector());
            for (var target : new Targets(session).fromFiles(flags.files())) {
                if (Selecting.matches(selector, target.object())) {
                    write(call, target, live, merged);
                }
            }
            return show(session, live, merged);
        } finally {
            delete(live);
            delete(merged);
        }
    }

    private static void write(Call<Flags> call, Target target, Path live, Path merged)
            throws IOException {
        var flags = call.flags();
        var known = call.session().server().find(target.path());
        var options =
                new Merged.Options(
                        flags.fieldManager(), flags.serverSide(), flags.forceConflicts());
        var wanted = new Merged(call.session(), options).of(target, known);
        var type = target.type();
        var name =
                type.apiVersion().replace('/', '.')
                        + "."
                        + type.kind()
                        + "."
                        + target.namespace()
                        + "."
                        + target.name();
        write(live.resolve(name), known, flags.showManagedFields());
        write(merged.resolve(name), wanted, flags.showManagedFields());
    }

    private static void write(Path file, Json.@Nullable Obj object, boolean managers)
            throws IOException {
        if (object == null) {
            Files.writeString(file, "");
            return;
        }
        var metadata = object.object("metadata");
        var shown = managers ? object : object.with("metadata", metadata.without("managedFields"));
        Files.writeString(file, Yaml.write(JsonWriter.sorted(shown)));
    }

    private static int show(Session session, Path live, Path merged) throws IOException {
        session.out().flush();
        var given = session.environment().getOrDefault("KUBECTL_EXTERNAL_DIFF", "");
        var words = new ArrayList<String>();
        words.addAll(
                given.isBlank() ? List.of("diff", "-u", "-N") : Arrays.asList(given.split(" ")));
        words.add(live.toString());
        words.add(merged.toString());
        var process = start(words);
        process.getOutputStream().close();
        process.getInputStream().transferTo(session.out());
        process.getErrorStream().transferTo(session.err());
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return TROUBLE;
        }
    }

    private static Process start(List<String> words) {
        try {
            return new ProcessBuilder(words).start();
        } catch (IOException e) {
            throw new CliError(
                    "failed to run \""
                            + words.getFirst()
                            + "\": exec: \""
                            + words.getFirst()
                            + "\": executable file not found in $PATH");
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
