package io.coxswain.cli.commands;

import io.coxswain.api.json.Json;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.Session;
import io.coxswain.cli.commands.GetCommand.Asked;
import io.coxswain.cli.output.ObjectPrinter;
import io.coxswain.cli.output.ServerTable;
import io.coxswain.cli.output.TextTable;
import io.coxswain.cli.resource.Targets;
import io.coxswain.cli.server.Frames;
import io.coxswain.cli.server.ResourceType;
import io.coxswain.cli.server.Server;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `get --watch`: shows what there is, then every change, until it is interrupted.
final class WatchObjects {

    private final Session session;
    private final GetFlags flags;
    private final Asked asked;
    private final TextTable text = TextTable.wide();
    private final ServerTable table;
    private final @Nullable ObjectPrinter printer;
    private boolean begun;

    WatchObjects(Call<GetFlags> call, List<Asked> asked) {
        if (asked.size() != 1) {
            throw new CliError("you may only specify a single resource type");
        }
        this.session = call.session();
        this.flags = call.flags();
        this.asked = asked.getFirst();
        var options = flags.tableOptions();
        var namespaces = options.namespaces() && this.asked.type().namespaced();
        this.table = new ServerTable(options.withNamespaces(namespaces));
        this.printer = flags.table() ? null : ObjectPrinter.of(flags.output());
    }

    int run() throws IOException {
        var type = asked.type();
        var namespace =
                flags.select().allNamespaces() || !type.namespaced() ? "" : session.namespace();
        var query = flags.select().query();
        var path = type.path(namespace);
        if (asked instanceof Asked.One(var target)) {
            path = target.collection();
            query = query.with("fieldSelector", "metadata.name=" + target.name());
        }
        var list = session.server().get(path, query, accept());
        if (asked instanceof Asked.One(var target) && empty(list)) {
            session.server().get(target.path());
        }
        if (!flags.watchOnly()) {
            show(list, type);
        }
        var version = list.object("metadata").text("resourceVersion");
        follow(path, query.with("watch", "true").with("resourceVersion", version), type);
        return 0;
    }

    private static boolean empty(Json.Obj list) {
        return list.items("rows").isEmpty() && list.items("items").isEmpty();
    }

    private String accept() {
        return flags.table() ? ServerTable.ACCEPT : Server.JSON;
    }

    private void show(Json.Obj list, ResourceType type) {
        if (printer == null) {
            if (!empty(list)) {
                row(GetTables.asTable(list, session), type);
            }
            return;
        }
        for (var item : Trees.objects(list, "items")) {
            var object = Targets.typed(item, type);
            printer.print(object, type, session.out());
        }
        printer.finish(session.out());
        session.out().flush();
    }

    private void row(Json.Obj answer, ResourceType type) {
        table.add(begun ? answer.without("columnDefinitions") : answer, type, text);
        begun = true;
        text.print(session.out());
        session.out().flush();
    }

    private void follow(String path, Query query, ResourceType type) throws IOException {
        var request = Request.get(path).withQuery(query).withHeader("accept", accept());
        try (var frames = new Frames(session.server().open(request))) {
            for (var event = frames.next(); event != null; event = frames.next()) {
                if (event.type().equals("BOOKMARK")) {
                    continue;
                }
                if (printer == null) {
                    row(GetTables.asTable(event.object(), session), type);
                } else {
                    var shown =
                            flags.outputWatchEvents()
                                    ? Trees.of("type", event.type(), "object", event.object())
                                    : event.object();
                    printer.print(shown, type, session.out());
                    printer.finish(session.out());
                    session.out().flush();
                }
            }
        }
    }
}
