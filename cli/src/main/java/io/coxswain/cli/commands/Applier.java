package io.coxswain.cli.commands;

import io.coxswain.api.Kinds;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.patch.MergePatch;
import io.coxswain.api.patch.StrategicDiff;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Schema;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Session;
import io.coxswain.cli.output.DryRun;
import io.coxswain.cli.output.Outcome;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.resource.Targets;
import io.coxswain.cli.server.ResourceType;
import io.coxswain.http.Query;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Applies one object after the other.
final class Applier {

    private static final int TRIES_MAX = 5;

    private static final String CONFLICT_ADVICE =
            """

            Please review the fields above--they currently have other managers. Here
            are the ways you can resolve this warning:
            * If you intend to manage all of these fields, please re-run the apply
              command with the `--force-conflicts` flag.
            * If you do not intend to manage all of the fields, please edit your
              manifest to remove references to the fields that should keep their
              current managers.
            * You may co-own fields by updating your manifest to match the existing
              value; in this case, you'll become the manager if the other manager(s)
              stop managing the field (remove it from its configuration).
            See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts\
            """;

    private final Session session;
    private final Options options;
    private final Outcome outcome;

    /// How to apply.
    record Options(
            DryRun dryRun,
            String manager,
            String validation,
            boolean serverSide,
            boolean forceConflicts,
            boolean overwrite) {}

    Applier(Session session, Options options, Outcome outcome) {
        this.session = session;
        this.options = options;
        this.outcome = outcome;
    }

    void apply(Target target) {
        if (options.serverSide()) {
            serverSide(target);
        } else {
            clientSide(target);
        }
    }

    private Query query() {
        return Targets.writing(options.manager(), options.dryRun().server(), options.validation());
    }

    private void serverSide(Target target) {
        var query = query().with("force", Boolean.toString(options.forceConflicts()));
        try {
            var applied =
                    session.server()
                            .patch(
                                    target.path(),
                                    query,
                                    "application/apply-patch+yaml",
                                    target.object());
            outcome.tell(applied, target.type(), "serverside-applied");
        } catch (ApiError e) {
            if (e.conflict()) {
                throw new CliError(e.status().message() + CONFLICT_ADVICE);
            }
            throw e;
        }
    }

    private void clientSide(Target target) {
        var modified = LastApplied.put(target.object());
        var live = live(target);
        if (live == null) {
            create(target.with(modified));
            return;
        }
        if (!LastApplied.in(live)) {
            session.err()
                    .println(
                            "Warning: resource "
                                    + target.type().plural()
                                    + "/"
                                    + target.name()
                                    + " is missing the "
                                    + LastApplied.ANNOTATION
                                    + " annotation which is required by kubectl apply. kubectl"
                                    + " apply should only be used on resources created"
                                    + " declaratively by either kubectl create --save-config or"
                                    + " kubectl apply. The missing annotation will be patched"
                                    + " automatically.");
        }
        if (options.dryRun().client()) {
            outcome.tell(live, target.type(), "configured");
            return;
        }
        patch(target.with(modified), live);
    }

    private Json.@Nullable Obj live(Target target) {
        try {
            return session.server().find(target.path());
        } catch (ApiError e) {
            throw retrieving(target, e);
        }
    }

    private static ApiError retrieving(Target target, ApiError e) {
        var what =
                "retrieving current configuration of:\n"
                        + description(target)
                        + "\nfrom server"
                        + " for:";
        return Targets.during(what, target.source(), e);
    }

    private static String description(Target target) {
        var type = target.type();
        return "Resource: \""
                + type.apiVersion()
                + ", Resource="
                + type.plural()
                + "\", GroupVersionKind: \""
                + type.apiVersion()
                + ", Kind="
                + type.kind()
                + "\"\nName: \""
                + target.name()
                + "\", Namespace: \""
                + target.namespace()
                + "\"";
    }

    private void create(Target target) {
        if (options.dryRun().client()) {
            outcome.tell(target.object(), target.type(), "created");
            return;
        }
        try {
            var created = session.server().post(target.collection(), query(), target.object());
            outcome.tell(created, target.type(), "created");
        } catch (ApiError e) {
            throw Targets.during("creating", target.source(), e);
        }
    }

    /// Sends what has to change; again, from what is there now, when somebody else was faster.
    private void patch(Target target, Json.Obj first) {
        var live = first;
        for (var tries = 1; ; tries++) {
            var schema = schema(target.type());
            var patch = difference(target.object(), live, schema);
            if (patch.fields().isEmpty()) {
                outcome.tell(live, target.type(), "unchanged");
                return;
            }
            try {
                var answer =
                        session.server().patch(target.path(), query(), contentType(schema), patch);
                outcome.tell(answer, target.type(), "configured");
                return;
            } catch (ApiError e) {
                if (!e.conflict() || tries == TRIES_MAX) {
                    throw applying(target, patch, e);
                }
                live = session.server().get(target.path());
            }
        }
    }

    private static ApiError applying(Target target, Json.Obj patch, ApiError e) {
        var inner = Targets.during("patching", target.source(), e);
        var text = new String(JsonWriter.canonical(patch), StandardCharsets.UTF_8);
        var what = "applying patch:\n" + text + "\nto:\n" + description(target) + "\nfor:";
        return Targets.during(what, target.source(), inner);
    }

    private static String contentType(Schema schema) {
        return schema == Schema.ANY
                ? "application/merge-patch+json"
                : "application/strategic-merge-patch+json";
    }

    /// The schema of a built-in kind, or that of anything.
    static Schema schema(ResourceType type) {
        var builtIn = Kinds.byKind(type.apiVersion(), type.kind());
        return builtIn == null ? Schema.ANY : Schema.of(builtIn.type());
    }

    static Json.Obj difference(Json.Obj modified, Json.Obj live, Schema schema) {
        var original = LastApplied.of(live);
        return schema == Schema.ANY
                ? MergePatch.threeWay(original, modified, live)
                : StrategicDiff.threeWay(original, modified, live, schema);
    }
}
