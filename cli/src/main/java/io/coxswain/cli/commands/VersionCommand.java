package io.coxswain.cli.commands;

import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.server.Trees;

/// `version`.
public final class VersionCommand {

    static final String VERSION = "v1.36.0";

    public static final Command COMMAND =
            Command.of(
                    "version [flags] [options]",
                    "Print the client and server version information",
                    Flags.class,
                    VersionCommand::run);

    public record Flags(
            GlobalFlags global,
            @Flag("If true, shows client version only (no server required).") boolean client,
            @Flag(value = "One of 'yaml' or 'json'.", letter = "o") String output)
            implements GlobalFlags.Holder {}

    private VersionCommand() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        var out = call.session().out();
        var client = Trees.of("major", "1", "minor", "36", "gitVersion", VERSION);
        if (flags.output().isEmpty()) {
            out.println("Client Version: " + VERSION);
            out.println("Kustomize Version: none");
            if (!flags.client()) {
                var server = call.session().server().get("/version");
                out.println("Server Version: " + server.text("gitVersion"));
            }
            return 0;
        }
        var answer = Trees.of("clientVersion", client);
        if (!flags.client()) {
            answer = answer.with("serverVersion", call.session().server().get("/version"));
        }
        switch (flags.output()) {
            case "json" -> out.println(JsonWriter.pretty(answer, 2));
            case "yaml" -> out.print(Yaml.write(answer));
            default -> throw new CliError("--output must be 'yaml' or 'json'");
        }
        return 0;
    }
}
