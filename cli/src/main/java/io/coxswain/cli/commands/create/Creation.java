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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Creates objects and tells about it.
public final class Creation {

    /// What failed, where kubectl says so; the rest is told as the server says it.
    private static final Map<String, String> FAILED =
            Map.ofEntries(
                    Map.entry("ClusterRoleBinding", "clusterrolebinding: "),
                    Map.entry("ConfigMap", "configmap: "),
                    Map.entry("CronJob", "cronjob: "),
                    Map.entry("Deployment", "deployment: "),
                    Map.entry("Ingress", "ingress: "),
                    Map.entry("Job", "job: "),
                    Map.entry("PodDisruptionBudget", "poddisruptionbudgets: "),
                    Map.entry("PriorityClass", "priorityclass: "),
                    Map.entry("ResourceQuota", "quota: "),
                    Map.entry("RoleBinding", "rolebinding: "),
                    Map.entry("Secret", "secret "),
                    Map.entry("Service", "service: "),
                    Map.entry("ServiceAccount", "serviceaccount: "));

    private final Session session;
    private final CreationFlags flags;
    private String done = "created";
    private boolean plain;
    private final DryRun dryRun;
    private final Outcome outcome;

    public Creation(Session session, CreationFlags flags) {
        this.session = session;
        this.flags = flags;
        this.dryRun = DryRun.parse(flags.dryRun().dryRun(), session.err());
        this.outcome = new Outcome(flags.output(), dryRun, session.out());
    }

    /// Says something other than `created`.
    public Creation called(String word) {
        done = word;
        return this;
    }

    /// Failures are told as the server says them.
    public Creation plain() {
        plain = true;
        return this;
    }

    /// Creates an object that a subcommand made.
    public int create(Json.Obj object) {
        add(object);
        finish();
        return 0;
    }

    /// Creates one of several objects.
    public void add(Json.Obj object) {
        var target = target(object);
        // A namespace is shown only where the user asked for one.
        create(dryRun.client() && !session.namespaceGiven() ? target.with(object) : target);
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
            outcome.tell(target.object(), target.type(), done);
            return;
        }
        var query =
                Targets.writing(
                        flags.fieldManager(), dryRun.server(), flags.validate().parameter());
        try {
            var created = session.server().post(target.collection(), query, target.object());
            outcome.tell(created, target.type(), done);
        } catch (ApiError e) {
            if (target.source().isEmpty()) {
                throw failed(target, e);
            }
            throw Targets.during("creating", target.source(), e);
        }
    }

    /// `failed to create deployment: …`, as the subcommands say it.
    private RuntimeException failed(Target target, ApiError e) {
        var kind = target.type().kind();
        var word = FAILED.get(kind);
        if (word == null || plain) {
            return e;
        }
        var type = kind.equals("Service") ? Trees.text(target.object(), "spec.type") + " " : "";
        return new CliError("failed to create " + type + word + e.status().message());
    }

    public void finish() {
        outcome.finish();
    }

    /// The beginning of an object.
    public static Json.Obj object(String apiVersion, String kind, String name) {
        return Trees.of("apiVersion", apiVersion, "kind", kind, "metadata", Trees.of("name", name));
    }

    /// Refuses a command line without these flags.
    public static void required(Call<?> call, String... flags) {
        var missing = Arrays.stream(flags).filter(flag -> !call.given(flag)).toList();
        if (!missing.isEmpty()) {
            throw new CliError(
                    "required flag(s) \"" + String.join("\", \"", missing) + "\" not set");
        }
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
