package io.coxswain.cli.describe;

import io.coxswain.api.json.Json;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Describes the workloads that keep pods running.
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
            if (ownedBy(set, uid)) {
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
        podsStatus(target, sheet, related);
        template(spec.object("template"), sheet);
    }

    static void statefulSet(Target target, Sheet sheet, Related related) {
        var object = target.object();
        var spec = object.object("spec");
        sheet.head(object, true);
        var created = Trees.text(object, "metadata.creationTimestamp");
        sheet.line(0, "CreationTimestamp:\t" + Sheet.date(created));
        sheet.line(0, "Selector:\t" + selector(spec));
        sheet.marks(object);
        sheet.line(
                0,
                "Replicas:\t%d desired | %d total"
                        .formatted(
                                Trees.number(spec, "replicas", 1),
                                Trees.number(object, "status.replicas", 0)));
        sheet.line(0, "Update Strategy:\t" + Trees.text(spec, "updateStrategy.type"));
        var rolling = Trees.object(spec, "updateStrategy", "rollingUpdate");
        sheet.optional(1, "Partition", Trees.text(rolling, "partition"));
        podsStatus(target, sheet, related);
        template(spec.object("template"), sheet);
        sheet.line(0, "Volume Claims:" + (claims(spec).isEmpty() ? "\t<none>" : ""));
        for (var claim : claims(spec)) {
            sheet.line(1, "Name:\t" + Trees.name(claim));
            sheet.line(1, "StorageClass:\t" + Trees.text(claim, "spec.storageClassName"));
            sheet.labels(1, "Labels", Trees.map(claim, "metadata.labels"));
            sheet.labels(1, "Annotations", Trees.map(claim, "metadata.annotations"));
            var capacity = Trees.text(claim, "spec.resources.requests.storage");
            sheet.line(1, "Capacity:\t" + (capacity.isEmpty() ? "<default>" : capacity));
            var modes = String.join(" ", Trees.texts(claim, "spec.accessModes"));
            sheet.line(1, "Access Modes:\t[" + modes + "]");
        }
    }

    private static List<Json.Obj> claims(Json.Obj spec) {
        return Trees.objects(spec, "volumeClaimTemplates");
    }

    static void daemonSet(Target target, Sheet sheet, Related related) {
        var object = target.object();
        var spec = object.object("spec");
        var status = object.object("status");
        sheet.head(object, true);
        sheet.line(0, "Selector:\t" + selector(spec));
        var nodes = new ArrayList<String>();
        new TreeMap<>(Trees.map(spec, "template.spec.nodeSelector"))
                .forEach((name, value) -> nodes.add(name + "=" + value));
        sheet.field(0, "Node-Selector", String.join(",", nodes));
        sheet.marks(object);
        counted(sheet, status, "Desired Number of Nodes Scheduled", "desiredNumberScheduled");
        counted(sheet, status, "Current Number of Nodes Scheduled", "currentNumberScheduled");
        counted(
                sheet,
                status,
                "Number of Nodes Scheduled with Up-to-date Pods",
                "updatedNumberScheduled");
        counted(sheet, status, "Number of Nodes Scheduled with Available Pods", "numberAvailable");
        counted(sheet, status, "Number of Nodes Misscheduled", "numberMisscheduled");
        podsStatus(target, sheet, related);
        template(spec.object("template"), sheet);
    }

    private static void counted(Sheet sheet, Json.Obj status, String title, String field) {
        sheet.line(0, title + ": " + Trees.number(status, field, 0));
    }

    private static void podsStatus(Target target, Sheet sheet, Related related) {
        var uid = Trees.text(target.object(), "metadata.uid");
        var labels = selector(target.object().object("spec"));
        var query = Query.EMPTY.with("labelSelector", labels);
        var pods =
                related.list("/api/v1", target.namespace(), "pods", query).stream()
                        .filter(pod -> ownedBy(pod, uid))
                        .toList();
        sheet.line(
                0,
                "Pods Status:\t%d Running / %d Waiting / %d Succeeded / %d Failed"
                        .formatted(
                                phase(pods, "Running"),
                                phase(pods, "Pending"),
                                phase(pods, "Succeeded"),
                                phase(pods, "Failed")));
    }

    private static boolean ownedBy(Json.Obj object, String uid) {
        return Trees.objects(object, "metadata.ownerReferences").stream()
                .anyMatch(owner -> owner.text("uid").equals(uid));
    }

    private static long phase(List<Json.Obj> pods, String phase) {
        return pods.stream().filter(p -> Trees.text(p, "status.phase").equals(phase)).count();
    }

    /// A label selector as text; the plain map of a ReplicationController counts as one.
    static String selector(Json.Obj spec) {
        var terms = new ArrayList<String>();
        var plain = Trees.map(spec, "selector");
        plain.remove("matchLabels");
        plain.remove("matchExpressions");
        plain.putAll(Trees.map(spec, "selector.matchLabels"));
        new TreeMap<>(plain).forEach((name, value) -> terms.add(name + "=" + value));
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
