package io.coxswain.cli.describe;

import io.coxswain.api.json.Json;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Describes Deployments and ReplicaSets.
final class WorkloadDescriber {

    private static final String REVISION = "deployment.kubernetes.io/revision";

    private WorkloadDescriber() {}

    static void deployment(Target target, Sheet sheet, Related related) {
        var object = target.object();
        var spec = object.object("spec");
        var status = object.object("status");
        sheet.head(object, true);
        var created = Trees.text(object, "metadata.creationTimestamp");
        sheet.line(0, "CreationTimestamp:\t" + Sheet.date(created));
        sheet.marks(object);
        sheet.line(0, "Selector:\t" + selector(spec));
        sheet.line(
                0,
                "Replicas:\t%d desired | %d updated | %d total | %d available | %d unavailable"
                        .formatted(
                                Trees.number(spec, "replicas", 1),
                                Trees.number(status, "updatedReplicas", 0),
                                Trees.number(status, "replicas", 0),
                                Trees.number(status, "availableReplicas", 0),
                                Trees.number(status, "unavailableReplicas", 0)));
        var strategy = spec.object("strategy");
        sheet.line(0, "StrategyType:\t" + strategy.text("type"));
        sheet.line(0, "MinReadySeconds:\t" + Trees.number(spec, "minReadySeconds", 0));
        if (strategy.get("rollingUpdate") instanceof Json.Obj rolling) {
            sheet.line(
                    0,
                    "RollingUpdateStrategy:\t"
                            + Trees.text(rolling, "maxUnavailable")
                            + " max unavailable, "
                            + Trees.text(rolling, "maxSurge")
                            + " max surge");
        }
        template(spec.object("template"), sheet);
        var conditions = Trees.objects(status, "conditions");
        if (!conditions.isEmpty()) {
            sheet.line(0, "Conditions:");
            sheet.line(1, "Type\tStatus\tReason");
            sheet.line(1, "----\t------\t------");
            conditions.forEach(c ->
                    sheet.line(
                            1,
                            c.text("type") + " \t" + c.text("status") + "\t" + c.text("reason")));
        }
        replicaSets(target, sheet, related);
    }

    private static void replicaSets(Target target, Sheet sheet, Related related) {
        var uid = Trees.text(target.object(), "metadata.uid");
        var sets = related.list("/apis/apps/v1", target.namespace(), "replicasets", Query.EMPTY);
        var mine = new ArrayList<Json.Obj>();
        for (var set : sets) {
            if (Trees.objects(set, "metadata.ownerReferences").stream()
                    .anyMatch(owner -> owner.text("uid").equals(uid))) {
                mine.add(set);
            }
        }
        var revision = Trees.map(target.object(), "metadata.annotations").get(REVISION);
        var old = new ArrayList<Json.Obj>();
        var current = new ArrayList<Json.Obj>();
        for (var set : mine) {
            var same =
                    revision != null
                            && revision.equals(
                                    Trees.map(set, "metadata.annotations").get(REVISION));
            (same ? current : old).add(set);
        }
        sheet.line(0, "OldReplicaSets:\t" + sets(old));
        sheet.line(0, "NewReplicaSet:\t" + sets(current));
    }

    private static String sets(List<Json.Obj> sets) {
        return sets.isEmpty()
                ? "<none>"
                : sets.stream()
                        .map(set ->
                                "%s (%d/%d replicas created)"
                                        .formatted(
                                                Trees.name(set),
                                                Trees.number(set, "status.replicas", 0),
                                                Trees.number(set, "spec.replicas", 1)))
                        .collect(Collectors.joining(", "));
    }

    static void replicaSet(Target target, Sheet sheet, Related related) {
        var object = target.object();
        var spec = object.object("spec");
        sheet.head(object, true);
        sheet.line(0, "Selector:\t" + selector(spec));
        sheet.marks(object);
        PodDescriber.owner(object, sheet);
        sheet.line(
                0,
                "Replicas:\t"
                        + Trees.number(object, "status.replicas", 0)
                        + " current / "
                        + Trees.number(spec, "replicas", 1)
                        + " desired");
        var pods =
                related.list(
                        "/api/v1",
                        target.namespace(),
                        "pods",
                        Query.EMPTY.with("labelSelector", selector(spec)));
        sheet.line(
                0,
                "Pods Status:\t%d Running / %d Waiting / %d Succeeded / %d Failed"
                        .formatted(
                                phase(pods, "Running"),
                                phase(pods, "Pending"),
                                phase(pods, "Succeeded"),
                                phase(pods, "Failed")));
        template(spec.object("template"), sheet);
    }

    private static long phase(List<Json.Obj> pods, String phase) {
        return pods.stream().filter(p -> Trees.text(p, "status.phase").equals(phase)).count();
    }

    /// A label selector as text.
    static String selector(Json.Obj spec) {
        var terms = new ArrayList<String>();
        new TreeMap<>(Trees.map(spec, "selector.matchLabels"))
                .forEach((name, value) -> terms.add(name + "=" + value));
        for (var e : Trees.objects(spec, "selector.matchExpressions")) {
            var values = "(" + String.join(",", Trees.texts(e, "values")) + ")";
            terms.add(
                    switch (e.text("operator")) {
                        case "Exists" -> e.text("key");
                        case "DoesNotExist" -> "!" + e.text("key");
                        case "In" -> e.text("key") + " in " + values;
                        default -> e.text("key") + " notin " + values;
                    });
        }
        return String.join(",", terms);
    }

    static void template(Json.Obj template, Sheet sheet) {
        var spec = template.object("spec");
        sheet.line(0, "Pod Template:");
        sheet.labels(1, "Labels", Trees.map(template, "metadata.labels"));
        var annotations = Trees.map(template, "metadata.annotations");
        if (!annotations.isEmpty()) {
            var lead = "Annotations:";
            for (var annotation : new TreeMap<>(annotations).entrySet()) {
                sheet.line(1, lead + "\t" + annotation.getKey() + ": " + annotation.getValue());
                lead = "";
            }
        }
        sheet.optional(1, "Service Account", spec.text("serviceAccountName"));
        for (var list : List.of("initContainers", "containers")) {
            var containers = Trees.objects(spec, list);
            if (!containers.isEmpty()) {
                sheet.line(1, FieldDescriber.title(list) + ":");
            }
            containers.forEach(
                    container -> ContainerSections.of(sheet).container(container, Json.EMPTY, " "));
        }
        Volumes.section(Trees.objects(spec, "volumes"), sheet, "  ");
        sheet.labels(1, "Node-Selectors", Trees.map(spec, "nodeSelector"));
        sheet.line(
                1,
                "Tolerations:\t"
                        + (Trees.objects(spec, "tolerations").isEmpty() ? "<none>" : "<set>"));
    }
}
