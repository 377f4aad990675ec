package io.coxswain.cli.describe;

import io.coxswain.api.json.Json;
import io.coxswain.base.HumanDuration;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Describes pods.
final class PodDescriber {

    private PodDescriber() {}

    static void describe(Target target, Sheet sheet, Related related) {
        var pod = target.object();
        var spec = pod.object("spec");
        var status = pod.object("status");
        sheet.head(pod, true);
        sheet.optional(0, "Priority", Trees.text(spec, "priority"));
        sheet.optional(0, "Priority Class Name", spec.text("priorityClassName"));
        sheet.optional(0, "Runtime Class Name", spec.text("runtimeClassName"));
        sheet.optional(0, "Service Account", spec.text("serviceAccountName"));
        var node = spec.text("nodeName");
        sheet.field(0, "Node", node.isEmpty() ? "" : node + "/" + status.text("hostIP"));
        sheet.optional(0, "Start Time", Sheet.date(status.text("startTime")));
        sheet.marks(pod);
        phase(pod, sheet, related);
        sheet.optional(0, "Reason", status.text("reason"));
        sheet.optional(0, "Message", status.text("message"));
        sheet.line(0, "IP:\t" + status.text("podIP"));
        addresses(status, sheet);
        owner(pod, sheet);
        ContainerSections.of(sheet)
                .section("Init Containers", spec, status, "initContainer")
                .section("Containers", spec, status, "container")
                .section("Ephemeral Containers", spec, status, "ephemeralContainer");
        conditions(status, sheet);
        Volumes.section(Trees.objects(spec, "volumes"), sheet, "");
        sheet.optional(0, "QoS Class", status.text("qosClass"));
        sheet.labels(0, "Node-Selectors", Trees.map(spec, "nodeSelector"));
        tolerations(Trees.objects(spec, "tolerations"), sheet);
    }

    private static void phase(Json.Obj pod, Sheet sheet, Related related) {
        var deleted = Trees.text(pod, "metadata.deletionTimestamp");
        if (deleted.isEmpty()) {
            sheet.line(0, "Status:\t" + Trees.text(pod, "status.phase"));
            return;
        }
        var lasts = Duration.between(Instant.parse(deleted), related.clock().now());
        sheet.line(0, "Status:\tTerminating (lasts " + HumanDuration.of(lasts) + ")");
        sheet.line(
                0,
                "Termination Grace Period:\t"
                        + Trees.text(pod, "metadata.deletionGracePeriodSeconds")
                        + "s");
    }

    private static void addresses(Json.Obj status, Sheet sheet) {
        var addresses = Trees.objects(status, "podIPs");
        if (addresses.isEmpty()) {
            sheet.line(0, "IPs:\t<none>");
            return;
        }
        sheet.line(0, "IPs:");
        addresses.forEach(address -> sheet.line(1, "IP:\t" + address.text("ip")));
    }

    static void owner(Json.Obj object, Sheet sheet) {
        for (var owner : Trees.objects(object, "metadata.ownerReferences")) {
            if (Trees.flag(owner, "controller")) {
                sheet.line(0, "Controlled By:\t" + owner.text("kind") + "/" + owner.text("name"));
            }
        }
    }

    private static void conditions(Json.Obj status, Sheet sheet) {
        var conditions = Trees.objects(status, "conditions");
        if (conditions.isEmpty()) {
            return;
        }
        sheet.line(0, "Conditions:");
        sheet.line(1, "Type\tStatus");
        conditions.forEach(c -> sheet.line(1, c.text("type") + " \t" + c.text("status") + " "));
    }

    private static void tolerations(List<Json.Obj> tolerations, Sheet sheet) {
        var lead = "Tolerations:";
        if (tolerations.isEmpty()) {
            sheet.line(0, lead + "\t<none>");
        }
        for (var toleration : tolerations) {
            sheet.line(0, lead + "\t" + toleration(toleration));
            lead = "";
        }
    }

    private static String toleration(Json.Obj toleration) {
        var text = new StringBuilder(toleration.text("key"));
        if (!toleration.text("value").isEmpty()) {
            text.append('=').append(toleration.text("value"));
        }
        if (!toleration.text("effect").isEmpty()) {
            text.append(':').append(toleration.text("effect"));
        }
        if (toleration.text("operator").equals("Exists")) {
            text.append(text.isEmpty() ? "op=Exists" : " op=Exists");
        }
        var seconds = Trees.number(toleration, "tolerationSeconds", -1);
        if (seconds >= 0) {
            text.append(" for ").append(seconds).append('s');
        }
        return text.toString();
    }
}
