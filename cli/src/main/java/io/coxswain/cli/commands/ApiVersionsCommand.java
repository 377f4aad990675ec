package io.coxswain.cli.commands;

import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.GlobalFlags;

/// `api-versions`: the group versions of the server.
public final class ApiVersionsCommand {

    public static final Command COMMAND =
            Command.of(
                    "api-versions [flags] [options]",
                    "Print the supported API versions on the server, in the form of"
                            + " \"group/version\"",
                    GlobalFlags.Only.class,
                    ApiVersionsCommand::run);

    private ApiVersionsCommand() {}

    private static int run(Call<GlobalFlags.Only> call) {
        if (!call.arguments().isEmpty()) {
            throw CliError.usage(
                    "api-versions",
                    "unexpected arguments: [" + String.join(" ", call.arguments()) + "]");
        }
        call.session().types().fresh().groupVersions().stream()
                .sorted()
                .forEach(call.session().out()::println);
        return 0;
    }
}
