package io.coxswain.cli.commands.create;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.ApiError;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.Session;
import io.coxswain.cli.commands.LastApplied;
import io.coxswain.cli.output.DryRun;
import io.coxswain.cli.output.Outcome;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.resource.Targets;
import io.coxswain.cli.server.ResourceType;
import io.coxswain.cli.server.Trees;
import java.util.List;
import java.util.Locale;

/// Creates objects and tells about it.
public final class Creation {

    private final Session session;
    private final CreationFlags flags;
    private final DryRun dryRun;
    private final Outcome outcome;

    public Creation(Session session, CreationFlags flags) {
        this.session = session;
        this.flags = flags;
        this.dryRun = DryRun.parse(flags.dryRun().dryRun(), session.err());
        this.outcome = new Outcome(flags.output(), dryRun, session.out());
    }

    /// Creates an object that a subcommand made.
    public int create(Json.Obj object) {
        var target = target(object);
        // A namespace is shown only where the user asked for one.
        create(dryRun.client() && !session.namespaceGiven() ? target.with(object) : target);
        finish();
        return 0;
    }

    /// Client-side, the server need not be there: what is printed follows from the flags alone.
    private Target target(Json.Obj object) {
        if (!dryRun.client()) {
            var type = session.types().ofKind(object.text("apiVersion"), object.text("kind"));
            if (type == null) {
                throw new CliError(
                        "no matches for kind \""
                                + object.text("kind")
                                + "\" in version \""
                                + object.text("apiVersion")
                                + "\"");
            }
            return new Targets(session).target(type, object, "");
        }
        var version = object.text("apiVersion");
        var slash = version.indexOf('/');
        var kind = object.text("kind");
        var clusterWide =
                kind.startsWith("Cluster")
                        || kind.equals("Namespace")
                        || kind.equals("PriorityClass");
        var type =
                new ResourceType(
                        slash < 0 ? "" : version.substring(0, slash),
                        version.substring(slash + 1),
                        kind,
                        kind.toLowerCase(Locale.ROOT) + "s",
                        "",
                        !clusterWide && session.namespaceGiven(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of());
        return new Targets(session).target(type, object, "");
    }

    public void create(Target given) {
        var target = flags.saveConfig() ? given.with(LastApplied.put(given.object())) : given;
        if (dryRun.client()) {
            outcome.tell(target.object(), target.type(), "created");
            return;
        }
        var query =
                Targets.writing(
                        flags.fieldManager(), dryRun.server(), flags.validate().parameter());
        try {
            var created = session.server().post(target.collection(), query, target.object());
            outcome.tell(created, target.type(), "created");
        } catch (ApiError e) {
            if (target.source().isEmpty()) {
                throw failed(target, e);
            }
            throw Targets.during("creating", target.source(), e);
        }
    }

    /// `failed to create deployment: …`, as the subcommands say it.
    private static ApiError failed(Target target, ApiError e) {
        var kind = target.type().kind().toLowerCase(Locale.ROOT);
        return Targets.renamed(e, "failed to create " + kind + ": " + e.status().message());
    }

    public void finish() {
        outcome.finish();
    }

    /// The beginning of an object.
    public static Json.Obj object(String apiVersion, String kind, String name) {
        return Trees.of("apiVersion", apiVersion, "kind", kind, "metadata", Trees.of("name", name));
    }

    /// The only argument of a subcommand; without it, kubectl's complaint.
    public static String name(Call<?> call, String command) {
        if (call.beforeDash().size() != 1) {
            throw CliError.usage(
                    command, "exactly one NAME is required, got " + call.beforeDash().size());
        }
        return call.argument(0);
    }
}
