package io.coxswain.cli.commands.node;

import io.coxswain.api.json.Json;
import io.coxswain.cli.Session;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Decides which pods of a node may go, and what speaks against it.
final class DrainFilter {

    private static final String MIRROR = "kubernetes.io/config.mirror";

    private final Session session;
    private final boolean force;
    private final boolean ignoreDaemonSets;
    private final boolean deleteLocal;
    private final Map<String, List<String>> obstacles = new LinkedHashMap<>();
    private final Map<String, List<String>> warnings = new LinkedHashMap<>();
    private final List<Target> leaving = new ArrayList<>();

    /// @param leaving whom to evict when there are no obstacles
    record Verdict(List<Target> leaving, List<String> obstacles, List<String> warnings) {}

    DrainFilter(Session session, boolean force, boolean ignoreDaemonSets, boolean deleteLocal) {
        this.session = session;
        this.force = force;
        this.ignoreDaemonSets = ignoreDaemonSets;
        this.deleteLocal = deleteLocal;
    }

    Verdict judge(List<Target> pods) {
        pods.forEach(this::judge);
        return new Verdict(leaving, lines("cannot delete ", obstacles), lines("", warnings));
    }

    private static List<String> lines(String lead, Map<String, List<String>> found) {
        var lines = new ArrayList<String>();
        found.forEach((what, pods) -> lines.add(lead + what + ": " + String.join(", ", pods)));
        return lines;
    }

    private void judge(Target pod) {
        var object = pod.object();
        if (Trees.map(object, "metadata.annotations").containsKey(MIRROR)) {
            return;
        }
        var phase = Trees.text(object, "status.phase");
        if (phase.equals("Succeeded") || phase.equals("Failed")) {
            leaving.add(pod);
            return;
        }
        var controller = controller(object);
        if (controller.equals("DaemonSet")) {
            if (ignoreDaemonSets) {
                note(warnings, "ignoring DaemonSet-managed Pods", pod);
            } else {
                var what = "DaemonSet-managed Pods (use --ignore-daemonsets to ignore)";
                note(obstacles, what, pod);
            }
            return;
        }
        var stays = false;
        if (local(object)) {
            stays |=
                    unless(
                            deleteLocal,
                            "Pods with local storage",
                            " (use --delete-emptydir-data to override)",
                            pod);
        }
        if (controller.isEmpty()) {
            // The doubled words are what people's scripts look for.
            stays |=
                    unless(
                            force,
                            "Pods that declare no controller",
                            " (use --force to override)",
                            pod);
        }
        if (!stays) {
            leaving.add(pod);
        }
    }

    private boolean unless(boolean permitted, String what, String advice, Target pod) {
        if (permitted) {
            note(warnings, "deleting " + what, pod);
            return false;
        }
        var doubled = what.contains("controller") ? "cannot delete " : "";
        note(obstacles, doubled + what + advice, pod);
        return true;
    }

    private static void note(Map<String, List<String>> found, String what, Target pod) {
        found.computeIfAbsent(what, key -> new ArrayList<>())
                .add(pod.namespace() + "/" + pod.name());
    }

    /// The kind of the controller, `""` for none that is there.
    private String controller(Json.Obj pod) {
        for (var owner : Trees.objects(pod, "metadata.ownerReferences")) {
            if (!Trees.flag(owner, "controller")) {
                continue;
            }
            var kind = owner.text("kind");
            if (kind.equals("DaemonSet") && !daemonSetExists(pod, owner.text("name"))) {
                return "";
            }
            return kind;
        }
        return "";
    }

    private boolean daemonSetExists(Json.Obj pod, String name) {
        var path = session.types().builtIn("apps", "daemonsets").path(Trees.namespace(pod), name);
        return session.server().find(path) != null;
    }

    private static boolean local(Json.Obj pod) {
        return Trees.objects(pod, "spec.volumes").stream()
                .anyMatch(volume -> volume.get("emptyDir") != null);
    }
}
