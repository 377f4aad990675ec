package io.coxswain.cli.commands.config;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.Command.Line;
import io.coxswain.cli.ConnectionFlags;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.output.TextTable;
import io.coxswain.cli.server.Trees;
import io.coxswain.client.Kubeconfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `config`: shows and changes the kubeconfig.
public final class ConfigCommand {

    public static final Command COMMAND =
            Command.group(
                    "config SUBCOMMAND [options]",
                    "Modify kubeconfig files",
                    List.of(
                            line("current-context", "Display the current-context"),
                            Line.of(
                                    "delete-cluster",
                                    "Delete the specified cluster from the kubeconfig",
                                    () -> RemoveEntry.CLUSTER),
                            Line.of(
                                    "delete-context",
                                    "Delete the specified context from the kubeconfig",
                                    () -> RemoveEntry.CONTEXT),
                            Line.of(
                                    "delete-user",
                                    "Delete the specified user from the kubeconfig",
                                    () -> RemoveEntry.USER),
                            line("get-clusters", "Display clusters defined in the kubeconfig"),
                            line("get-contexts", "Describe one or many contexts"),
                            line("get-users", "Display users defined in the kubeconfig"),
                            Line.of(
                                    "rename-context",
                                    "Rename a context from the kubeconfig file",
                                    () -> RenameContext.COMMAND),
                            Line.of(
                                    "set",
                                    "Set an individual value in a kubeconfig file",
                                    () -> SetProperty.SET),
                            Line.of(
                                    "set-cluster",
                                    "Set a cluster entry in kubeconfig",
                                    () -> SetCluster.COMMAND),
                            line("set-context", "Set a context entry in kubeconfig"),
                            Line.of(
                                    "set-credentials",
                                    "Set a user entry in kubeconfig",
                                    () -> SetCredentials.COMMAND),
                            Line.of(
                                    "unset",
                                    "Unset an individual value in a kubeconfig file",
                                    () -> SetProperty.UNSET),
                            line("use-context", "Set the current-context in a kubeconfig file"),
                            line("view", "Display merged kubeconfig settings")));

    record Flags(
            GlobalFlags global,
            @Flag("Modify the current context") boolean current,
            @Flag("Remove all information not used by current-context") boolean minify,
            @Flag("Don't print headers") boolean noHeaders,
            @Flag(value = "Output format. One of: (json, yaml, name).", letter = "o") String output,
            @Flag("Display raw byte data and sensitive data") boolean raw)
            implements GlobalFlags.Holder {}

    private ConfigCommand() {}

    private static Line line(String name, String summary) {
        return Line.of(
                name,
                summary,
                () ->
                        Command.of(
                                "config " + name + " [options]",
                                summary,
                                Flags.class,
                                call -> run(call, name)));
    }

    private static int run(Call<Flags> call, String name) {
        var files = ConnectionFlags.files(call.flags().global(), call.session().environment());
        var config = Kubeconfig.read(files);
        var out = call.session().out();
        checkArguments(call, name);
        switch (name) {
            case "current-context" -> {
                if (config.currentContext().isEmpty()) {
                    throw new CliError("current-context is not set");
                }
                out.println(config.currentContext());
            }
            case "get-clusters" -> names(call, config, "clusters");
            case "get-users" -> names(call, config, "users");
            case "get-contexts" -> contexts(call, config);
            case "use-context" -> use(call, config, files.getFirst());
            case "set-context" -> set(call, config, KubeconfigFiles.of(call.session()));
            default -> view(call, config);
        }
        return 0;
    }

    private static void checkArguments(Call<Flags> call, String name) {
        var wanted = name.equals("use-context") ? 1 : 0;
        if (!List.of("get-contexts", "set-context").contains(name)
                && call.arguments().size() != wanted) {
            throw KubeconfigFiles.unexpected(call.arguments());
        }
    }

    private static void names(Call<Flags> call, Kubeconfig config, String list) {
        call.session().out().println("NAME");
        Trees.objects(config.tree(), list)
                .forEach(entry -> call.session().out().println(entry.text("name")));
    }

    private static void contexts(Call<Flags> call, Kubeconfig config) {
        var table = TextTable.wide();
        var unknown = new ArrayList<>(call.arguments());
        unknown.removeAll(config.contexts());
        var names = call.flags().output().equals("name");
        if (!call.flags().noHeaders() && !names) {
            table.row("CURRENT", "NAME", "CLUSTER", "AUTHINFO", "NAMESPACE");
        }
        for (var entry : Trees.objects(config.tree(), "contexts")) {
            var name = entry.text("name");
            if (!call.arguments().isEmpty() && !call.arguments().contains(name)) {
                continue;
            }
            var context = entry.object("context");
            if (names) {
                table.row(name);
            } else {
                table.row(
                        name.equals(config.currentContext()) ? "*" : "",
                        name,
                        context.text("cluster"),
                        context.text("user"),
                        context.text("namespace"));
            }
        }
        table.print(call.session().out());
        if (!unknown.isEmpty()) {
            throw new CliError("context " + unknown.getFirst() + " not found");
        }
    }

    private static void use(Call<Flags> call, Kubeconfig config, Path file) {
        var name = call.argument(0);
        if (!config.contexts().contains(name)) {
            throw new CliError("no context exists with the name: \"" + name + "\"");
        }
        Kubeconfig.read(file).current(name).write(file);
        call.session().out().println("Switched to context \"" + name + "\".");
    }

    private static void set(Call<Flags> call, Kubeconfig config, KubeconfigFiles files) {
        var global = call.flags().global();
        if (call.arguments().size() > 1 || call.flags().current() != call.arguments().isEmpty()) {
            throw new CliError(
                    call.flags().current()
                            ? "you cannot specify both a context name and --current"
                            : "you must specify a non-empty context name or --current");
        }
        var name = call.flags().current() ? config.currentContext() : call.argument(0);
        if (name.isEmpty()) {
            throw new CliError("no current context is set");
        }
        var known = config.contexts().contains(name);
        var file = files.holding("contexts", name);
        var context = KubeconfigFiles.entry(Kubeconfig.read(file), "contexts", name);
        context = put(context, "cluster", global.cluster());
        context = put(context, "user", global.user());
        context = put(context, "namespace", global.namespace());
        Kubeconfig.read(file).with("contexts", name, "context", context).write(file);
        call.session()
                .out()
                .println("Context \"" + name + "\" " + (known ? "modified." : "created."));
    }

    private static Json.Obj put(Json.Obj entry, String field, String value) {
        return value.isEmpty() ? entry : entry.with(field, Json.of(value));
    }

    private static void view(Call<Flags> call, Kubeconfig config) {
        var all = call.flags().minify() ? minified(config) : config.tree();
        var tree = call.flags().raw() ? all : redacted(all);
        call.session()
                .out()
                .print(
                        call.flags().output().equals("json")
                                ? JsonWriter.prettySorted(tree, 4) + "\n"
                                : Yaml.write(JsonWriter.sorted(tree)));
    }

    /// Only the current context, and what it names.
    private static Json.Obj minified(Kubeconfig config) {
        var name = config.currentContext();
        if (!config.contexts().contains(name)) {
            throw new CliError("current-context must exist in order to minify");
        }
        var context = KubeconfigFiles.entry(config, "contexts", name);
        return only(
                only(only(config.tree(), "contexts", name), "clusters", context.text("cluster")),
                "users",
                context.text("user"));
    }

    private static Json.Obj only(Json.Obj tree, String list, String name) {
        var kept =
                Trees.objects(tree, list).stream()
                        .filter(entry -> entry.text("name").equals(name))
                        .map(Json.class::cast)
                        .toList();
        return tree.with(list, Json.array(kept));
    }

    private static Json.Obj redacted(Json.Obj tree) {
        var shown = tree;
        for (var list : List.of("clusters", "users")) {
            var field = list.substring(0, list.length() - 1);
            var entries = new ArrayList<Json>();
            for (var entry : Trees.objects(tree, list)) {
                var value = entry.object(field);
                for (var secret :
                        List.of(
                                "client-certificate-data",
                                "client-key-data",
                                "certificate-authority-data")) {
                    if (value.get(secret) != null) {
                        value = value.with(secret, Json.of("DATA+OMITTED"));
                    }
                }
                for (var secret : List.of("token", "password")) {
                    if (value.get(secret) != null) {
                        value = value.with(secret, Json.of("REDACTED"));
                    }
                }
                entries.add(entry.with(field, value));
            }
            shown = shown.with(list, Json.array(entries));
        }
        return shown;
    }
}
