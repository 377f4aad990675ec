package io.coxswain.cli.commands;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.output.EventAge;
import io.coxswain.cli.output.ObjectPrinter;
import io.coxswain.cli.output.OutputFlags;
import io.coxswain.cli.output.TextTable;
import io.coxswain.cli.resource.SelectFlags;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.resource.Targets;
import io.coxswain.cli.server.Frames;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// `events`: what happened, oldest first.
public final class EventsCommand {

    private static final Set<String> TYPES = Set.of("normal", "warning");

    public static final Command COMMAND =
            Command.of(
                    "events [(-o|--output=)json|yaml|...] [--for TYPE/NAME] [--watch]"
                            + " [--types=Normal,Warning] [options]",
                    "List events",
                    Flags.class,
                    EventsCommand::run);

    public record Flags(
            GlobalFlags global,
            OutputFlags output,
            @Flag(value = "If present, list the events across all namespaces.", letter = "A")
                    boolean allNamespaces,
            @Flag(value = "Return large lists in chunks rather than all at once.", def = "500")
                    int chunkSize,
            @Flag(value = "Filter events to only those pertaining to the resource.", name = "for")
                    String about,
            @Flag("When using the default output format, don't print headers.") boolean noHeaders,
            @Flag("Output only events of given types.") List<String> types,
            @Flag(value = "After listing, watch for more events.", letter = "w") boolean watch)
            implements GlobalFlags.Holder {

        List<String> typesWanted() {
            return types.stream().flatMap(t -> Arrays.stream(t.split(","))).toList();
        }
    }

    private EventsCommand() {}

    private static int run(Call<Flags> call) throws IOException {
        var flags = call.flags();
        var session = call.session();
        for (var type : flags.typesWanted()) {
            if (!TYPES.contains(type.toLowerCase(Locale.ROOT))) {
                throw new CliError("valid --types are Normal or Warning");
            }
        }
        var select = new SelectFlags(flags.allNamespaces(), about(call), "");
        var events = session.types().builtIn("", "events");
        var found = new ArrayList<>(new Targets(session).list(events, select));
        found.removeIf(event -> !wanted(event.object(), flags));
        found.sort(Comparator.comparing(event -> EventAge.lastSeen(event.object())));
        if (found.isEmpty() && !flags.watch()) {
            var where = flags.allNamespaces() ? "." : " in " + session.namespace() + " namespace.";
            session.err().println("No events found" + where);
            return 0;
        }
        if (flags.output().chosen()) {
            print(call, found);
            return 0;
        }
        var table = TextTable.wide();
        if (!flags.noHeaders()) {
            table.row(
                    cells(flags, "NAMESPACE", "LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"));
        }
        found.forEach(event -> table.row(row(call, event.object())));
        table.print(session.out());
        if (flags.watch()) {
            follow(call, select.query(), table);
        }
        return 0;
    }

    private static String about(Call<Flags> call) {
        var word = call.flags().about();
        if (word.isEmpty()) {
            return "";
        }
        if (!word.contains("/")) {
            throw new CliError("--for must be in resource/name form");
        }
        var target = new Targets(call.session()).named(List.of(word)).getFirst();
        return "involvedObject.kind="
                + target.type().kind()
                + ",involvedObject.name="
                + target.name();
    }

    private static boolean wanted(Json.Obj event, Flags flags) {
        var types = flags.typesWanted();
        return types.isEmpty()
                || types.stream().anyMatch(type -> type.equalsIgnoreCase(event.text("type")));
    }

    private static void print(Call<Flags> call, List<Target> found) {
        var printer = ObjectPrinter.of(call.flags().output());
        var items = Json.array(found.stream().map(Target::object).toList());
        var list =
                Trees.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "EventList",
                        "metadata",
                        Json.EMPTY,
                        "items",
                        items);
        printer.print(list, null, call.session().out());
        printer.finish(call.session().out());
    }

    private static List<String> row(Call<Flags> call, Json.Obj event) {
        var about = event.object("involvedObject");
        return cells(
                call.flags(),
                Trees.namespace(event),
                EventAge.of(event, call.session().clock()),
                event.text("type"),
                event.text("reason"),
                about.text("kind") + "/" + about.text("name"),
                event.text("message").strip());
    }

    private static List<String> cells(Flags flags, String... all) {
        return List.of(all).subList(flags.allNamespaces() ? 0 : 1, all.length);
    }

    private static void follow(Call<Flags> call, Query selected, TextTable table)
            throws IOException {
        var session = call.session();
        var namespace = call.flags().allNamespaces() ? "" : session.namespace();
        var path = session.types().builtIn("", "events").path(namespace);
        var version = session.server().get(path, Query.EMPTY.with("limit", "1"));
        var query =
                selected.with("watch", "true")
                        .with("resourceVersion", Trees.text(version, "metadata.resourceVersion"));
        session.out().flush();
        var request = Request.get(path).withQuery(query);
        try (var frames = new Frames(session.server().open(request))) {
            for (var event = frames.next(); event != null; event = frames.next()) {
                var shown = event.type().equals("ADDED") || event.type().equals("MODIFIED");
                if (shown && wanted(event.object(), call.flags())) {
                    table.row(row(call, event.object()));
                    table.print(session.out());
                    session.out().flush();
                }
            }
        }
    }
}
