package io.coxswain.cli.commands.config;

import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.client.Kubeconfig;

/// `config rename-context`: the current context stays the current one.
final class RenameContext {

    static final Command COMMAND =
            Command.of(
                    "config rename-context CONTEXT_NAME NEW_NAME [options]",
                    "Rename a context from the kubeconfig file",
                    GlobalFlags.Only.class,
                    RenameContext::run);

    private RenameContext() {}

    private static int run(Call<GlobalFlags.Only> call) {
        if (call.arguments().size() != 2) {
            throw KubeconfigFiles.unexpected(call.arguments());
        }
        var files = KubeconfigFiles.of(call.session());
        var config = files.merged();
        var from = call.argument(0);
        var to = call.argument(1);
        if (!config.contexts().contains(from)) {
            throw new CliError(
                    "cannot rename the context \"%s\", it's not in %s"
                            .formatted(from, files.first()));
        }
        if (config.contexts().contains(to)) {
            throw new CliError(
                    "cannot rename the context \"%s\", the context \"%s\" already exists in %s"
                            .formatted(from, to, files.first()));
        }
        var file = files.holding("contexts", from);
        var before = Kubeconfig.read(file);
        var renamed =
                before.with(
                                "contexts",
                                to,
                                "context",
                                KubeconfigFiles.entry(before, "contexts", from))
                        .without("contexts", from);
        (before.currentContext().equals(from) ? renamed.current(to) : renamed).write(file);
        call.session().out().println("Context \"" + from + "\" renamed to \"" + to + "\".");
        return 0;
    }
}
