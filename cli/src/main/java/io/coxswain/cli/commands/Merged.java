package io.coxswain.cli.commands;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Schema;
import io.coxswain.cli.Session;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.resource.Targets;
import org.jspecify.annotations.Nullable;

/// Asks the server what an object would be after `apply`, without changing anything.
public final class Merged {

    private final Session session;
    private final Options options;

    /// How it would be applied.
    public record Options(String manager, boolean serverSide, boolean forceConflicts) {}

    public Merged(Session session, Options options) {
        this.session = session;
        this.options = options;
    }

    /// @param live the object that is there, or null
    public Json.Obj of(Target target, Json.@Nullable Obj live) {
        var query = Targets.writing(options.manager(), true, "");
        var server = session.server();
        if (options.serverSide()) {
            var forced = query.with("force", Boolean.toString(options.forceConflicts()));
            return server.patch(
                    target.path(), forced, "application/apply-patch+yaml", target.object());
        }
        if (live == null) {
            var modified = LastApplied.put(target.object());
            return server.post(target.collection(), query, modified);
        }
        var modified = LastApplied.in(live) ? LastApplied.put(target.object()) : target.object();
        var schema = Applier.schema(target.type());
        var patch = Applier.difference(modified, live, schema);
        return server.patch(
                target.path(),
                query,
                schema == Schema.ANY ? Changes.MERGE : Changes.STRATEGIC,
                patch);
    }
}
