package io.coxswain.cli.commands.config;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.server.Trees;
import io.coxswain.client.Kubeconfig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// `config set-credentials`: makes or changes a user entry.
final class SetCredentials {

    static final Command COMMAND =
            Command.of(
                    "config set-credentials NAME [--client-certificate=path/to/certfile]"
                            + " [--client-key=path/to/keyfile] [--token=bearer_token]"
                            + " [--username=basic_user] [--password=basic_password] [options]",
                    "Set a user entry in kubeconfig",
                    Flags.class,
                    SetCredentials::run);

    record Flags(
            GlobalFlags global,
            @Flag("Embed client cert/key for the user entry in kubeconfig") boolean embedCerts,
            @Flag("API version of the exec credential plugin") String execApiVersion,
            @Flag("New arguments for the exec credential plugin command") List<String> execArg,
            @Flag("Command for the exec credential plugin") String execCommand,
            @Flag("'key=value' environment values for the exec credential plugin")
                    List<String> execEnv,
            @Flag("InteractiveMode of the exec credentials plugin") String execInteractiveMode,
            @Flag("ProvideClusterInfo of the exec credentials plugin")
                    boolean execProvideClusterInfo)
            implements GlobalFlags.Holder {}

    private SetCredentials() {}

    private static int run(Call<Flags> call) {
        if (call.arguments().size() != 1) {
            throw new CliError("unexpected args: [" + String.join(" ", call.arguments()) + "]");
        }
        var global = call.flags().global();
        var basic = !global.username().isEmpty() || !global.password().isEmpty();
        if (!global.token().isEmpty() && basic) {
            throw new CliError(
                    "you cannot specify more than one authentication method at the same time:"
                            + " --token, --username/--password");
        }
        if (call.flags().embedCerts()
                && global.clientCertificate().isEmpty()
                && global.clientKey().isEmpty()) {
            throw new CliError("you must specify a --client-certificate or --client-key to embed");
        }
        var name = call.argument(0);
        var files = KubeconfigFiles.of(call.session());
        var file = files.holding("users", name);
        var config = Kubeconfig.read(file);
        var before = KubeconfigFiles.entry(config, "users", name);
        var change =
                new EntryChange(before, call.flags().embedCerts())
                        .file("client-certificate", global.clientCertificate())
                        .file("client-key", global.clientKey());
        if (!global.token().isEmpty()) {
            change.text("token", global.token()).without("username").without("password");
        }
        if (basic) {
            change.text("username", global.username())
                    .text("password", global.password())
                    .without("token");
        }
        var exec = exec(call.flags(), before.object("exec"));
        if (!exec.fields().isEmpty()) {
            change.put("exec", exec);
        }
        config.with("users", name, "user", change.entry()).write(file);
        call.session().out().println("User \"" + name + "\" set.");
        return 0;
    }

    /// The program that finds credentials when they are needed.
    private static Json.Obj exec(Flags flags, Json.Obj before) {
        var change =
                new EntryChange(before, false)
                        .text("apiVersion", flags.execApiVersion())
                        .text("command", flags.execCommand())
                        .text("interactiveMode", flags.execInteractiveMode());
        if (!flags.execArg().isEmpty()) {
            change.put("args", Trees.list(split(flags.execArg())));
        }
        if (!flags.execEnv().isEmpty()) {
            change.put("env", Json.array(environment(split(flags.execEnv()), before)));
        }
        if (flags.execProvideClusterInfo()) {
            change.put("provideClusterInfo", Json.of(true));
        }
        return change.entry();
    }

    private static List<String> split(List<String> given) {
        return given.stream().flatMap(word -> Stream.of(word.split(","))).toList();
    }

    private static List<Json> environment(List<String> words, Json.Obj before) {
        var variables = new ArrayList<Json>(Trees.objects(before, "env"));
        for (var word : words) {
            var equals = word.indexOf('=');
            var name =
                    equals < 0 ? word.substring(0, word.length() - 1) : word.substring(0, equals);
            if (equals == 0 || (equals < 0 && !word.endsWith("-"))) {
                throw new CliError("invalid env format: " + word);
            }
            variables.removeIf(known -> Trees.object(known).text("name").equals(name));
            if (equals > 0) {
                variables.add(Trees.of("name", name, "value", word.substring(equals + 1)));
            }
        }
        return variables;
    }
}
