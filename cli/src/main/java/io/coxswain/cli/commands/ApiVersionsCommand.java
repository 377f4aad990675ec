package io.coxswain.cli.commands;

import io.coxswain.cli.Command;
import io.coxswain.cli.GlobalFlags;

/// `api-versions`: the group versions of the server.
public final class ApiVersionsCommand {

    public static final Command COMMAND =
            Command.of(
                    "api-versions [flags] [options]",
                    "Print the supported API versions on the server, in the form of"
                            + " \"group/version\"",
                    GlobalFlags.Only.class,
                    call -> {
                        call.session().types().groupVersions().stream()
                                .sorted()
                                .forEach(call.session().out()::println);
                        return 0;
                    });

    private ApiVersionsCommand() {}
}
