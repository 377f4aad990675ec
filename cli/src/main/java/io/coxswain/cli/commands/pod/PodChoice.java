package io.coxswain.cli.commands.pod;

import io.coxswain.api.json.Json;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Session;
import io.coxswain.cli.resource.SelectFlags;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.resource.Targets;
import io.coxswain.cli.server.Trees;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Finds the pod that a command means: by its name, or one of a workload's (`deploy/web`).
final class PodChoice {

    private static final String DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

    private final Session session;
    private final String purpose;

    /// @param purpose of the choice, as in "cannot attach to *v1.ConfigMap"
    PodChoice(Session session, String purpose) {
        this.session = session;
        this.purpose = purpose;
    }

    /// The pod of `web`, `pod/web`, `deploy/web`.
    Target pod(String word) {
        var pods = pods(word);
        if (pods.size() > 1) {
            session.err()
                    .println("Found " + pods.size() + " pods, using pod/" + pods.getFirst().name());
        }
        return pods.getFirst();
    }

    /// All pods of a word, the most telling first.
    List<Target> pods(String word) {
        var targets = new Targets(session);
        var target =
                word.contains("/")
                        ? targets.named(List.of(word)).getFirst()
                        : targets.named(session.types().builtIn("", "pods"), word);
        if (target.type().is("", "Pod")) {
            return List.of(targets.fetch(target));
        }
        var owner = targets.fetch(target);
        var selector = selector(owner);
        if (selector.isEmpty()) {
            var kind = "*%s.%s".formatted(target.type().version(), target.type().kind());
            throw new CliError(
                    "cannot %s %s: selector for %s not implemented".formatted(purpose, kind, kind));
        }
        var pods = selected(selector);
        if (pods.isEmpty()) {
            throw new CliError("timed out waiting for the condition");
        }
        return pods;
    }

    List<Target> selected(String selector) {
        var targets = new Targets(session);
        var type = session.types().builtIn("", "pods");
        var pods = new ArrayList<>(targets.list(type, SelectFlags.NONE.labelled(selector)));
        pods.sort(
                Comparator.comparing((Target pod) -> !phase(pod).equals("Running"))
                        .thenComparing(pod -> !phase(pod).equals("Pending"))
                        .thenComparing(Target::name));
        return pods;
    }

    private static String phase(Target pod) {
        return Trees.text(pod.object(), "status.phase");
    }

    private static String selector(Target owner) {
        var labels = Trees.map(owner.object(), "spec.selector.matchLabels");
        if (labels.isEmpty()
                && !owner.object()
                        .object("spec")
                        .object("selector")
                        .fields()
                        .containsKey("matchExpressions")) {
            labels = Trees.map(owner.object(), "spec.selector");
        }
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(","));
    }

    /// The container that is meant when none is named.
    String container(Target pod, String named) {
        if (!named.isEmpty()) {
            return named;
        }
        var annotated = Trees.map(pod.object(), "metadata.annotations").get(DEFAULT_CONTAINER);
        var containers = Trees.objects(pod.object(), "spec.containers");
        if (annotated != null && !annotated.isEmpty()) {
            return annotated;
        }
        var first = containers.isEmpty() ? "" : containers.getFirst().text("name");
        var all = names(pod.object());
        if (all.size() > 1) {
            session.err()
                    .println(
                            "Defaulted container \""
                                    + first
                                    + "\" out of: "
                                    + String.join(", ", all));
        }
        return first;
    }

    static boolean has(Target pod, String container) {
        return List.of("initContainers", "containers", "ephemeralContainers").stream()
                .flatMap(list -> Trees.objects(pod.object(), "spec." + list).stream())
                .anyMatch(known -> known.text("name").equals(container));
    }

    private static List<String> names(Json.Obj pod) {
        var names = new ArrayList<String>();
        Trees.objects(pod, "spec.containers").forEach(c -> names.add(c.text("name")));
        Trees.objects(pod, "spec.ephemeralContainers")
                .forEach(c -> names.add(c.text("name") + " (ephem)"));
        Trees.objects(pod, "spec.initContainers")
                .forEach(c -> names.add(c.text("name") + " (init)"));
        return names;
    }
}
