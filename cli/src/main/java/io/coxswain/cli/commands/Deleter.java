package io.coxswain.cli.commands;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.ApiError;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Session;
import io.coxswain.cli.output.DryRun;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.resource.Targets;
import io.coxswain.cli.server.Frames;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Deletes objects and waits for their end.
public final class Deleter {

    private static final Duration PATIENCE = Duration.ofDays(7);

    private final Session session;
    private final Options options;

    /// How to delete.
    ///
    /// @param gracePeriod in seconds; negative: whatever is usual for the object
    public record Options(
            DryRun dryRun,
            int gracePeriod,
            String propagation,
            boolean ignoreNotFound,
            boolean force,
            boolean nameOnly) {}

    /// A deleted object; another of its name is another.
    public record Deleted(Target target, String uid) {}

    public Deleter(Session session, Options options) {
        this.session = session;
        this.options = options;
    }

    /// Null when there was nothing to delete, and that is fine.
    public @Nullable Deleted delete(Target target) {
        try {
            if (options.dryRun().client()) {
                session.server().get(target.path());
                tell(target);
                return null;
            }
            var answer = session.server().delete(target.path(), body());
            tell(target);
            var uid = Trees.text(answer, "details.uid");
            return new Deleted(target, uid.isEmpty() ? Trees.text(answer, "metadata.uid") : uid);
        } catch (ApiError e) {
            if (e.notFound() && options.ignoreNotFound()) {
                return null;
            }
            throw Targets.during("deleting", target.source(), e);
        }
    }

    private Json.Obj body() {
        var body =
                Trees.of(
                        "kind",
                        "DeleteOptions",
                        "apiVersion",
                        "v1",
                        "propagationPolicy",
                        options.propagation());
        if (options.gracePeriod() >= 0) {
            body = body.with("gracePeriodSeconds", Json.of(options.gracePeriod()));
        }
        return options.dryRun().server() ? body.with("dryRun", Trees.list(List.of("All"))) : body;
    }

    private void tell(Target target) {
        if (options.nameOnly()) {
            session.out().println(target.printed());
            return;
        }
        var done = options.force() && options.gracePeriod() == 0 ? "force deleted" : "deleted";
        var where =
                target.namespace().isEmpty() ? "" : " from " + target.namespace() + " namespace";
        session.out()
                .println(
                        target.type().qualifiedKind()
                                + " \""
                                + target.name()
                                + "\" "
                                + done
                                + where
                                + options.dryRun().remark());
    }

    /// Returns when all are gone; throws [CliError] when that takes too long.
    public void awaitGone(List<Deleted> deleted, Duration timeout) throws IOException {
        var patience = timeout.isZero() || timeout.isNegative() ? PATIENCE : timeout;
        for (var one : deleted) {
            awaitGone(one, patience);
        }
    }

    private void awaitGone(Deleted deleted, Duration patience) throws IOException {
        var target = deleted.target();
        while (true) {
            var live = session.server().find(target.path());
            if (live == null || another(live, deleted)) {
                return;
            }
            if (watchUntilGone(deleted, live, patience)) {
                return;
            }
            if (!patience.equals(PATIENCE)) {
                throw new CliError(
                        "timed out waiting for the condition on "
                                + target.type().plural()
                                + "/"
                                + target.name());
            }
        }
    }

    private static boolean another(Json.Obj live, Deleted deleted) {
        return !deleted.uid().isEmpty() && !Trees.text(live, "metadata.uid").equals(deleted.uid());
    }

    /// False when the watch ended before the object.
    private boolean watchUntilGone(Deleted deleted, Json.Obj live, Duration patience)
            throws IOException {
        var target = deleted.target();
        var query =
                Query.EMPTY
                        .with("watch", "true")
                        .with("fieldSelector", "metadata.name=" + target.name())
                        .with("timeoutSeconds", Long.toString(Math.max(1, patience.toSeconds())))
                        .with("resourceVersion", Trees.text(live, "metadata.resourceVersion"));
        var request = Request.get(target.collection()).withQuery(query);
        try (var frames = new Frames(session.server().open(request))) {
            for (var event = frames.next(); event != null; event = frames.next()) {
                if (event.type().equals("DELETED") || another(event.object(), deleted)) {
                    return true;
                }
            }
        }
        return false;
    }
}
