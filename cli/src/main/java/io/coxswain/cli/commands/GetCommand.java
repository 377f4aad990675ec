package io.coxswain.cli.commands;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.ApiError;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.Failures;
import io.coxswain.cli.output.ObjectPrinter;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.resource.Targets;
import io.coxswain.cli.server.ResourceType;
import io.coxswain.cli.server.Server;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Query;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `get`: shows objects.
public final class GetCommand {

    public static final Command COMMAND =
            Command.of(
                    "get [(-o|--output=)json|yaml|name|wide|...] (TYPE[.VERSION][.GROUP] [NAME |"
                            + " -l label] | TYPE[.VERSION][.GROUP]/NAME ...) [flags] [options]",
                    "Display one or many resources",
                    GetFlags.class,
                    GetCommand::run);

    private GetCommand() {}

    private static int run(Call<GetFlags> call) throws IOException {
        var flags = call.flags();
        var session = call.session();
        if (!flags.raw().isEmpty()) {
            session.out().print(raw(call, flags.raw()));
            return 0;
        }
        if (call.arguments().isEmpty() && flags.files().isEmpty()) {
            session.err()
                    .println(
                            "You must specify the type of resource to get. Use \"kubectl"
                                    + " api-resources\" for a complete list of supported"
                                    + " resources.\n");
            throw CliError.usage(
                    "get",
                    "Required resource not specified.\nUse \"kubectl explain <resource>\" for a"
                            + " detailed description of that resource (e.g. kubectl explain"
                            + " pods).");
        }
        if (flags.watches()) {
            return new WatchObjects(call, asked(call)).run();
        }
        var asked = asked(call);
        if (flags.table()) {
            new GetTables(call).print(asked);
        } else {
            printObjects(call, asked);
        }
        return 0;
    }

    private static String raw(Call<GetFlags> call, String uri) {
        var question = uri.indexOf('?');
        var path = question < 0 ? uri : uri.substring(0, question);
        var query = question < 0 ? Query.EMPTY : Query.parse(uri.substring(question + 1));
        return call.session().server().text(path, query);
    }

    /// What is to be shown: one object, or the objects of a type.
    sealed interface Asked {
        ResourceType type();

        record One(Target target) implements Asked {
            @Override
            public ResourceType type() {
                return target.type();
            }
        }

        record Many(ResourceType type) implements Asked {}
    }

    private static List<Asked> asked(Call<GetFlags> call) {
        var targets = new Targets(call.session());
        var flags = call.flags();
        if (!flags.files().isEmpty()) {
            return targets.fromFiles(flags.files()).stream()
                    .map(target -> (Asked) new Asked.One(target))
                    .toList();
        }
        var arguments = call.arguments();
        if (arguments.size() > 1 || arguments.getFirst().contains("/")) {
            if (flags.select().allNamespaces()) {
                throw new CliError("a resource cannot be retrieved by name across all namespaces");
            }
            if (!flags.select().selector().isEmpty()) {
                throw new CliError(
                        "selectors and the all flag cannot be used when passing"
                                + " resource/name arguments");
            }
            return targets.named(arguments).stream()
                    .map(target -> (Asked) new Asked.One(target))
                    .toList();
        }
        return targets.types(arguments.getFirst()).stream()
                .map(type -> (Asked) new Asked.Many(type))
                .toList();
    }

    private static void printObjects(Call<GetFlags> call, List<Asked> asked) {
        var flags = call.flags();
        var printer = ObjectPrinter.of(flags.output());
        if (flags.noHeaders()) {
            printer.withoutHeaders();
        }
        var failures = new Failures.Collector();
        var found = new ArrayList<Target>();
        for (var one : asked) {
            failures.attempt(() -> found.addAll(fetch(call, one)));
        }
        var sorted = RowOrder.objects(found, flags.sortBy());
        var single = asked.size() == 1 && asked.getFirst() instanceof Asked.One;
        if (single || printer.itemByItem()) {
            sorted.forEach(t -> printer.print(t.object(), t.type(), call.session().out()));
        } else if (!(found.isEmpty() && !failures.isEmpty())) {
            printer.print(list(sorted), null, call.session().out());
        }
        printer.finish(call.session().out());
        failures.finish();
    }

    private static List<Target> fetch(Call<GetFlags> call, Asked asked) {
        var targets = new Targets(call.session());
        return switch (asked) {
            case Asked.One(var target) -> {
                try {
                    var part = subresource(call.flags());
                    yield List.of(target.with(targets.get(target, part, Query.EMPTY, Server.JSON)));
                } catch (ApiError e) {
                    if (e.notFound() && call.flags().ignoreNotFound()) {
                        yield List.of();
                    }
                    throw e;
                }
            }
            case Asked.Many(var type) -> targets.list(type, call.flags().select());
        };
    }

    static String subresource(GetFlags flags) {
        return flags.subresource().isEmpty() ? "" : "/" + flags.subresource();
    }

    private static Json.Obj list(List<Target> targets) {
        var items = Json.array(targets.stream().map(Target::object).toList());
        return Trees.of(
                "apiVersion",
                "v1",
                "kind",
                "List",
                "items",
                items,
                "metadata",
                Trees.of("resourceVersion", ""));
    }
}
