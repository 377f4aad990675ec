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
                            line("get-clusters", "Display clusters defined in the kubeconfig"),
                            line("get-contexts", "Describe one or many contexts"),
                            line("get-users", "Display users defined in the kubeconfig"),
                            line("set-context", "Set a context entry in kubeconfig"),
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
            case "set-context" -> set(call, config, files.getFirst());
            default -> view(call, config);
        }
        return 0;
    }

    private static void names(Call<Flags> call, Kubeconfig config, String list) {
        call.session().out().println("NAME");
        Trees.objects(config.tree(), list)
                .forEach(entry -> call.session().out().println(entry.text("name")));
    }

    private static void contexts(Call<Flags> call, Kubeconfig config) {
        var table = TextTable.wide();
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
    }

    private static void use(Call<Flags> call, Kubeconfig config, Path file) {
        var name = call.argument(0);
        if (!config.contexts().contains(name)) {
            throw new CliError("no context exists with the name: \"" + name + "\"");
        }
        Kubeconfig.read(file).current(name).write(file);
        call.session().out().println("Switched to context \"" + name + "\".");
    }

    private static void set(Call<Flags> call, Kubeconfig config, Path file) {
        var global = call.flags().global();
        var name = call.flags().current() ? config.currentContext() : call.argument(0);
        if (name.isEmpty()) {
            throw new CliError("you must specify a non-empty context name or --current");
        }
        var known = config.contexts().contains(name);
        var context = Json.EMPTY;
        for (var entry : Trees.objects(config.tree(), "contexts")) {
            context = entry.text("name").equals(name) ? entry.object("context") : context;
        }
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
        var tree = call.flags().raw() ? config.tree() : redacted(config.tree());
        call.session()
                .out()
                .print(
                        call.flags().output().equals("json")
                                ? JsonWriter.prettySorted(tree, 4) + "\n"
                                : Yaml.write(JsonWriter.sorted(tree)));
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
