package io.coxswain.cli.commands;

import io.coxswain.api.json.Json;
import io.coxswain.cli.Failures;
import io.coxswain.cli.Session;
import io.coxswain.cli.output.DryRun;
import io.coxswain.cli.output.Outcome;
import io.coxswain.cli.resource.SelectFlags;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.resource.Targets;
import java.util.List;
import java.util.function.Consumer;

/// Patches objects and tells about it.
public final class Changes {

    public static final String MERGE = "application/merge-patch+json";
    public static final String STRATEGIC = "application/strategic-merge-patch+json";
    public static final String JSON = "application/json-patch+json";

    private final Session session;
    private final ChangeFlags flags;
    private final String manager;
    private final DryRun dryRun;
    private final Outcome outcome;
    private final Failures.Collector failures = new Failures.Collector();

    /// @param manager whom the changes belong to, unless the flags say otherwise
    public Changes(Session session, ChangeFlags flags, String manager) {
        this.session = session;
        this.flags = flags;
        this.manager = flags.fieldManager().isEmpty() ? manager : flags.fieldManager();
        this.dryRun = DryRun.parse(flags.dryRun().dryRun(), session.err());
        this.outcome = new Outcome(flags.output(), dryRun, session.out());
    }

    /// Whether the user asked for the objects, not for a word about them.
    public boolean printsObjects() {
        return outcome.printsObjects();
    }

    /// Whether nothing is kept.
    public boolean dry() {
        return dryRun != DryRun.NONE;
    }

    public boolean clientOnly() {
        return dryRun.client() || flags.local();
    }

    /// The objects that a command line points at, fetched. Those that are not there are a failure
    /// at the end of the command; when none is there, at once.
    public List<Target> targets(List<String> arguments) {
        var select =
                new SelectFlags(flags.allNamespaces(), flags.fieldSelector(), flags.selector());
        var found =
                new Targets(session)
                        .fetched(flags.files(), arguments, select, flags.all(), failures);
        if (found.isEmpty()) {
            failures.finish();
        }
        return found;
    }

    /// The same for commands that do nothing when one is missing.
    public List<Target> allTargets(List<String> arguments) {
        var found = targets(arguments);
        failures.finish();
        return found;
    }

    /// Does the same to all, whatever becomes of some.
    public int each(List<Target> targets, Consumer<Target> change) {
        targets.forEach(target -> failures.attempt(() -> change.accept(target)));
        outcome.finish();
        failures.finish();
        return 0;
    }

    /// Sends a patch, or only shows what was there with `--dry-run=client`.
    public void patch(Target target, String contentType, Json patch, String done) {
        patch(target, "", contentType, patch, done);
    }

    /// The same for a part of the object, `/scale`.
    public void patch(
            Target target, String subresource, String contentType, Json patch, String done) {
        if (clientOnly()) {
            tell(target, target.object(), done);
            return;
        }
        var query = Targets.writing(manager, dryRun.server(), "");
        var answer = session.server().patch(target.path() + subresource, query, contentType, patch);
        tell(target, subresource.isEmpty() ? answer : target.object(), done);
    }

    /// Tells about a part of an object that has a kind of its own.
    public void tellPart(Json.Obj part, String done) {
        outcome.tell(part, null, done);
    }

    public void tell(Target target, Json.Obj object, String done) {
        outcome.tell(object.fields().isEmpty() ? target.object() : object, target.type(), done);
    }
}
