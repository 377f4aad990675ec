package io.coxswain.cli.commands;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.ApiError;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.Failures;
import io.coxswain.cli.Session;
import io.coxswain.cli.commands.GetCommand.Asked;
import io.coxswain.cli.output.ServerTable;
import io.coxswain.cli.output.TextTable;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.resource.Targets;
import io.coxswain.cli.server.ResourceType;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Shows objects as the server's tables, one below the other.
final class GetTables {

    private final Session session;
    private final GetFlags flags;
    private final Call<GetFlags> call;

    GetTables(Call<GetFlags> call) {
        this.call = call;
        this.session = call.session();
        this.flags = call.flags();
    }

    void print(List<Asked> asked) {
        var failures = new Failures.Collector();
        var tables = new LinkedHashMap<ResourceType, List<Json.Obj>>();
        for (var one : asked) {
            var pages = tables.computeIfAbsent(one.type(), key -> new ArrayList<>());
            failures.attempt(() -> pages.addAll(fetch(one)));
        }
        var shown = tables.entrySet().stream().filter(t -> !empty(t.getValue())).toList();
        var many = asked.stream().anyMatch(Asked.Many.class::isInstance);
        var kinds =
                many ? asked.stream().map(Asked::type).distinct().count() > 1 : shown.size() > 1;
        for (var i = 0; i < shown.size(); i++) {
            if (i > 0 && !flags.noHeaders()) {
                session.out().println();
            }
            print(shown.get(i).getKey(), shown.get(i).getValue(), kinds);
        }
        if (shown.isEmpty() && failures.isEmpty() && !flags.ignoreNotFound()) {
            sayNothing(call, asked);
        }
        failures.finish();
    }

    static void sayNothing(Call<GetFlags> call, List<Asked> asked) {
        var everywhere =
                call.flags().select().allNamespaces()
                        || asked.stream().anyMatch(one -> !one.type().namespaced());
        if (call.flags().ignoreNotFound()) {
            return;
        }
        call.session()
                .err()
                .println(
                        everywhere
                                ? "No resources found"
                                : "No resources found in "
                                        + call.session().namespace()
                                        + " namespace.");
    }

    private static boolean empty(List<Json.Obj> pages) {
        return pages.stream().allMatch(page -> page.items("rows").isEmpty());
    }

    private void print(ResourceType type, List<Json.Obj> pages, boolean kinds) {
        var options = flags.tableOptions();
        options = options.withNamespaces(options.namespaces() && type.namespaced());
        var text = TextTable.wide();
        var first = true;
        for (var page : pages) {
            var table =
                    new ServerTable(
                            options.withHeaders(options.headers() && first)
                                    .withKind(options.showKind() || kinds));
            table.add(RowOrder.table(page, flags.sortBy()), type, text);
            first = false;
        }
        text.print(session.out());
    }

    private List<Json.Obj> fetch(Asked asked) {
        return switch (asked) {
            case Asked.One(var target) -> one(target);
            case Asked.Many(var type) -> pages(type);
        };
    }

    private List<Json.Obj> one(Target target) {
        try {
            var part = GetCommand.subresource(flags);
            var query = objects(Query.EMPTY);
            var answer = new Targets(session).get(target, part, query, ServerTable.ACCEPT);
            return List.of(asTable(answer, session));
        } catch (ApiError e) {
            if (e.notFound() && flags.ignoreNotFound()) {
                return List.of();
            }
            throw e;
        }
    }

    private Query objects(Query query) {
        return flags.sortBy().isEmpty() ? query : query.with("includeObject", "Object");
    }

    private List<Json.Obj> pages(ResourceType type) {
        var everywhere = flags.select().allNamespaces() || !type.namespaced();
        var path = type.path(everywhere ? "" : session.namespace());
        var query = objects(flags.select().query());
        if (flags.chunkSize() > 0) {
            query = query.with("limit", Integer.toString(flags.chunkSize()));
        }
        var pages = new ArrayList<Json.Obj>();
        var next = "";
        do {
            var page = page(type, path, next.isEmpty() ? query : query.with("continue", next));
            pages.add(page);
            next = page.object("metadata").text("continue");
        } while (!next.isEmpty());
        return pages.size() > 1 && !flags.sortBy().isEmpty() ? List.of(joined(pages)) : pages;
    }

    private Json.Obj page(ResourceType type, String path, Query query) {
        try {
            return request(path, query);
        } catch (ApiError e) {
            throw Targets.selecting(type, flags.select(), e);
        }
    }

    private static Json.Obj joined(List<Json.Obj> pages) {
        var rows = new ArrayList<Json>();
        pages.forEach(page -> rows.addAll(page.items("rows")));
        return pages.getFirst().with("rows", Json.array(rows));
    }

    private Json.Obj request(String path, Query query) {
        return asTable(session.server().get(path, query, ServerTable.ACCEPT), session);
    }

    /// The table, made here where the server does not know how.
    static Json.Obj asTable(Json.Obj answer, Session session) {
        if (answer.text("kind").equals("Table")) {
            return answer;
        }
        var objects =
                answer.get("items") instanceof Json.Arr
                        ? Trees.objects(answer, "items")
                        : List.of(answer);
        return ServerTable.ofObjects(objects, session.clock())
                .with("metadata", answer.object("metadata"));
    }
}
