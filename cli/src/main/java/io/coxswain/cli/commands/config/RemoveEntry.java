package io.coxswain.cli.commands.config;

import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.client.Kubeconfig;

/// `config delete-cluster`, `delete-context` and `delete-user`.
final class RemoveEntry {

    static final Command CLUSTER = command("cluster");
    static final Command CONTEXT = command("context");
    static final Command USER = command("user");

    private RemoveEntry() {}

    private static Command command(String word) {
        return Command.of(
                "config delete-" + word + " NAME [options]",
                "Delete the specified " + word + " from the kubeconfig",
                GlobalFlags.Only.class,
                call -> run(call, word));
    }

    private static int run(Call<GlobalFlags.Only> call, String word) {
        if (call.arguments().size() != 1) {
            throw word.equals("user")
                    ? CliError.usage("config delete-user", "user to delete is required")
                    : KubeconfigFiles.unexpected(call.arguments());
        }
        var session = call.session();
        var files = KubeconfigFiles.of(session);
        var list = word + "s";
        var name = call.argument(0);
        if (!KubeconfigFiles.has(files.merged(), list, name)) {
            throw new CliError("cannot delete " + word + " " + name + ", not in " + files.first());
        }
        if (word.equals("context") && files.merged().currentContext().equals(name)) {
            session.err()
                    .println(
                            "warning: this removed your active context, use \"kubectl config"
                                    + " use-context\" to select a different one");
        }
        var file = files.holding(list, name);
        Kubeconfig.read(file).without(list, name).write(file);
        session.out().println("deleted " + word + " " + name + " from " + files.first());
        return 0;
    }
}
