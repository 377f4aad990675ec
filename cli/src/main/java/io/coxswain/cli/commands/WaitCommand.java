package io.coxswain.cli.commands;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.ApiError;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.Durations;
import io.coxswain.cli.Failures;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.Session;
import io.coxswain.cli.output.JsonPath;
import io.coxswain.cli.resource.FileFlags;
import io.coxswain.cli.resource.SelectFlags;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.resource.Targets;
import io.coxswain.cli.server.Frames;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// `wait`: waits until objects are in some state.
public final class WaitCommand {

    private static final Duration FOREVER = Duration.ofDays(7);
    private static final Duration POLL = Duration.ofMillis(500);

    public static final Command COMMAND =
            Command.of(
                    "wait ([-f FILENAME] | resource.group/resource.name | resource.group [(-l label"
                            + " | --all)]) [--for=create|--for=delete|--for"
                            + " condition=available|--for=jsonpath='{}'[=value]] [options]",
                    "Wait for a specific condition on one or many resources",
                    Flags.class,
                    WaitCommand::run);

    public record Flags(
            GlobalFlags global,
            FileFlags files,
            SelectFlags select,
            @Flag("Select all resources in the namespace of the specified resource types")
                    boolean all,
            @Flag(value = "The condition to wait on.", name = "for") String forWhat,
            @Flag(
                            value =
                                    "The length of time to wait before giving up. Zero means check"
                                            + " once and don't wait, negative means wait for a"
                                            + " week.",
                            def = "30s")
                    String timeout)
            implements GlobalFlags.Holder {}

    private WaitCommand() {}

    private static int run(Call<Flags> call) throws IOException {
        var flags = call.flags();
        var what = flags.forWhat();
        var timeout = Durations.parse(flags.timeout());
        var patience = timeout.isNegative() ? FOREVER : timeout;
        var until = call.session().clock().nanos() + patience.toNanos();
        var wanted = wanted(what);
        var targets = targets(call, what, until);
        if (targets.isEmpty() && !what.equalsIgnoreCase("delete")) {
            throw new CliError("no matching resources found");
        }
        var failures = new Failures.Collector();
        for (var target : targets) {
            var gone = what.equalsIgnoreCase("delete");
            if (gone && call.session().server().find(target.path()) == null) {
                continue;
            }
            try {
                await(call.session(), target, wanted, until);
                call.session().out().println(target.printed() + " condition met");
            } catch (CliError late) {
                failures.add(late);
            }
        }
        failures.finish();
        return 0;
    }

    private static List<Target> targets(Call<Flags> call, String what, long until) {
        var flags = call.flags();
        var targets = new Targets(call.session());
        if (!flags.files().isEmpty()) {
            return targets.fromFiles(flags.files());
        }
        var arguments = call.arguments();
        if (arguments.isEmpty()) {
            throw new CliError(Targets.NOTHING);
        }
        if (arguments.size() > 1 || arguments.getFirst().contains("/")) {
            var named = targets.named(arguments);
            if (!what.equalsIgnoreCase("delete") && !what.equalsIgnoreCase("create")) {
                named.forEach(targets::fetch);
            }
            return named;
        }
        var found = new ArrayList<Target>();
        do {
            for (var type : targets.types(arguments.getFirst())) {
                found.addAll(targets.list(type, flags.select()));
            }
            if (!found.isEmpty() || !what.equalsIgnoreCase("create")) {
                return found;
            }
            LockSupport.parkNanos(POLL.toNanos());
        } while (call.session().clock().nanos() < until);
        return found;
    }

    /// Whether an object, or null for none, is as it should be.
    private static Predicate<Json.@Nullable Obj> wanted(String what) {
        if (what.equalsIgnoreCase("delete")) {
            return object -> object == null;
        }
        if (what.equalsIgnoreCase("create")) {
            return object -> object != null;
        }
        if (what.startsWith("condition=")) {
            var condition = what.substring("condition=".length());
            var equals = condition.indexOf('=');
            var name = equals < 0 ? condition : condition.substring(0, equals);
            var value = equals < 0 ? "true" : condition.substring(equals + 1);
            return object -> object != null && holds(object, name, value);
        }
        if (what.startsWith("jsonpath=")) {
            return path(what.substring("jsonpath=".length()));
        }
        throw new CliError("unrecognized condition: \"" + what + "\"");
    }

    private static boolean holds(Json.Obj object, String name, String value) {
        for (var condition : Trees.objects(object, "status.conditions")) {
            if (condition.text("type").equalsIgnoreCase(name)) {
                var observed = Trees.number(condition, "observedGeneration", Long.MAX_VALUE);
                return observed >= Trees.number(object, "metadata.generation", 0)
                        && condition.text("status").equalsIgnoreCase(value);
            }
        }
        return false;
    }

    private static Predicate<Json.@Nullable Obj> path(String text) {
        var end = text.indexOf('}') + 1;
        var equals = text.indexOf('=', end);
        var expression = equals < 0 ? text : text.substring(0, equals);
        var path = JsonPath.expression(expression.replaceAll("^'|'$", ""));
        var value = equals < 0 ? null : text.substring(equals + 1).replaceAll("^['\"]|['\"]$", "");
        return object -> {
            if (object == null) {
                return false;
            }
            var found = path.values(object);
            return value == null
                    ? !found.isEmpty()
                    : found.size() == 1 && Trees.text(found.getFirst()).equals(value);
        };
    }

    private static void await(
            Session session, Target target, Predicate<Json.@Nullable Obj> wanted, long until)
            throws IOException {
        while (true) {
            var live = session.server().find(target.path());
            if (wanted.test(live)) {
                return;
            }
            var left = Duration.ofNanos(until - session.clock().nanos());
            if (!left.isPositive()) {
                throw new CliError(
                        "timed out waiting for the condition on "
                                + target.type().plural().toLowerCase(Locale.ROOT)
                                + "/"
                                + target.name());
            }
            if (live == null) {
                LockSupport.parkNanos(Math.min(left.toNanos(), POLL.toNanos()));
            } else if (watch(session, target, live, wanted, left)) {
                return;
            }
        }
    }

    /// Whether the state was reached before the watch or the time was over.
    private static boolean watch(
            Session session,
            Target target,
            Json.Obj live,
            Predicate<Json.@Nullable Obj> wanted,
            Duration left)
            throws IOException {
        var query =
                Query.EMPTY
                        .with("watch", "true")
                        .with("fieldSelector", "metadata.name=" + target.name())
                        .with("timeoutSeconds", Long.toString(Math.max(1, left.toSeconds())))
                        .with("resourceVersion", Trees.text(live, "metadata.resourceVersion"));
        var request = Request.get(target.collection()).withQuery(query);
        try (var frames = new Frames(session.server().open(request))) {
            for (var event = frames.next(); event != null; event = frames.next()) {
                if (wanted.test(event.type().equals("DELETED") ? null : event.object())) {
                    return true;
                }
            }
        } catch (ApiError expired) {
            return false; // Begin again from what is there now.
        }
        return false;
    }
}
