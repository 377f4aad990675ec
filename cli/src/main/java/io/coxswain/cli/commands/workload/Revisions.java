package io.coxswain.cli.commands.workload;

import io.coxswain.api.json.Json;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Session;
import io.coxswain.cli.resource.SelectFlags;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.resource.Targets;
import io.coxswain.cli.server.Trees;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/// The past pod templates of a workload: ReplicaSets of a Deployment, ControllerRevisions of the
/// others.
final class Revisions {

    private static final String NUMBER = "deployment.kubernetes.io/revision";
    static final String CAUSE = "kubernetes.io/change-cause";

    private static final Set<String> KINDS = Set.of("DaemonSet", "Deployment", "StatefulSet");

    private Revisions() {}

    /// The objects that hold them, by revision.
    static NavigableMap<Long, Json.Obj> of(Session session, Target target) {
        var kind = target.type().kind();
        if (!KINDS.contains(kind)) {
            throw new CliError(
                    "error retrieving history for \"%s\", no visitor method exists for {%s %s}"
                            .formatted(kind, target.type().group(), kind));
        }
        var deployment = kind.equals("Deployment");
        var plural = deployment ? "replicasets" : "controllerrevisions";
        var type = session.types().builtIn("apps", plural);
        var uid = Trees.text(target.object(), "metadata.uid");
        var found = new TreeMap<Long, Json.Obj>();
        for (var one : new Targets(session).list(type, SelectFlags.NONE)) {
            var mine =
                    Trees.objects(one.object(), "metadata.ownerReferences").stream()
                            .anyMatch(owner -> owner.text("uid").equals(uid));
            if (mine) {
                found.put(number(one.object(), deployment), one.object());
            }
        }
        return found;
    }

    private static long number(Json.Obj object, boolean deployment) {
        if (!deployment) {
            return Trees.number(object, "revision", 0);
        }
        var text = Trees.map(object, "metadata.annotations").getOrDefault(NUMBER, "0");
        return text.matches("\\d+") ? Long.parseLong(text) : 0;
    }

    static String cause(Json.Obj object) {
        return Trees.map(object, "metadata.annotations").getOrDefault(CAUSE, "<none>");
    }

    /// The revision before the current one for 0.
    static Json.Obj earlier(NavigableMap<Long, Json.Obj> revisions, long wanted) {
        var number = wanted;
        if (number == 0) {
            var before = revisions.isEmpty() ? null : revisions.lowerKey(revisions.lastKey());
            if (before == null) {
                throw new CliError("no rollout history found for deployment");
            }
            number = before;
        }
        var found = revisions.get(number);
        if (found == null) {
            throw new CliError("unable to find specified revision " + number + " in history");
        }
        return found;
    }
}
