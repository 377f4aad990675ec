package io.coxswain.cli.describe;

import io.coxswain.api.json.Json;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import java.util.Locale;

/// Describes HorizontalPodAutoscalers.
final class AutoscalerDescriber {

    private AutoscalerDescriber() {}

    static void describe(Target target, Sheet sheet, Related related) {
        var object = target.object();
        var spec = object.object("spec");
        var status = object.object("status");
        sheet.head(object, true);
        sheet.marks(object);
        var created = Trees.text(object, "metadata.creationTimestamp");
        sheet.line(0, "CreationTimestamp:\t" + Sheet.date(created));
        var scaled = spec.object("scaleTargetRef");
        sheet.line(0, "Reference:\t" + scaled.text("kind") + "/" + scaled.text("name"));
        sheet.line(0, "Metrics:\t( current / target )");
        var metrics = Trees.objects(spec, "metrics");
        var current = Trees.objects(status, "currentMetrics");
        for (var i = 0; i < metrics.size(); i++) {
            metric(metrics.get(i), i < current.size() ? current.get(i) : Json.EMPTY, sheet);
        }
        var minimum = Trees.text(spec, "minReplicas");
        sheet.line(0, "Min replicas:\t" + (minimum.isEmpty() ? "<unset>" : minimum));
        sheet.line(0, "Max replicas:\t" + Trees.text(spec, "maxReplicas"));
        sheet.line(
                0,
                "%s pods:\t%d current / %d desired"
                        .formatted(
                                scaled.text("kind"),
                                Trees.number(status, "currentReplicas", 0),
                                Trees.number(status, "desiredReplicas", 0)));
        var conditions = Trees.objects(status, "conditions");
        if (!conditions.isEmpty()) {
            sheet.line(0, "Conditions:");
            sheet.line(1, "Type\tStatus\tReason\tMessage");
            sheet.line(1, "----\t------\t------\t-------");
            for (var c : conditions) {
                sheet.line(
                        1,
                        String.join(
                                "\t",
                                c.text("type"),
                                c.text("status"),
                                c.text("reason"),
                                c.text("message")));
            }
        }
    }

    private static void metric(Json.Obj metric, Json.Obj current, Sheet sheet) {
        var type = metric.text("type");
        if (type.equals("Resource") || type.equals("ContainerResource")) {
            var field = type.equals("Resource") ? "resource" : "containerResource";
            resource(metric.object(field), current.object(field), sheet);
            return;
        }
        var field = type.toLowerCase(Locale.ROOT);
        var of = metric.object(field);
        var name = Trees.text(of, "metric.name");
        var target = of.object("target");
        var wanted = first(target, "averageValue", "value");
        var known = first(Trees.object(current, field, "current"), "averageValue", "value");
        var title =
                switch (type) {
                    case "Pods" -> "\"" + name + "\" on pods";
                    case "Object" ->
                            "\"%s\" on %s/%s"
                                    .formatted(
                                            name,
                                            Trees.text(of, "describedObject.kind"),
                                            Trees.text(of, "describedObject.name"));
                    default -> "\"" + name + "\"";
                };
        sheet.line(1, title + ":\t" + known + " / " + wanted);
    }

    private static void resource(Json.Obj wanted, Json.Obj current, Sheet sheet) {
        var name = wanted.text("name");
        var percent = Trees.text(wanted, "target.averageUtilization");
        var now = current.object("current");
        if (percent.isEmpty()) {
            sheet.line(
                    1,
                    "resource "
                            + name
                            + " on pods:\t"
                            + first(now, "averageValue", "value")
                            + " / "
                            + Trees.text(wanted, "target.averageValue"));
            return;
        }
        var used = Trees.text(now, "averageUtilization");
        var shown =
                used.isEmpty() ? "<unknown>" : used + "% (" + Trees.text(now, "averageValue") + ")";
        sheet.line(
                1,
                "resource "
                        + name
                        + " on pods  (as a percentage of request):\t"
                        + shown
                        + " / "
                        + percent
                        + "%");
    }

    private static String first(Json.Obj from, String one, String other) {
        var text = Trees.text(from, one);
        var found = text.isEmpty() ? Trees.text(from, other) : text;
        return found.isEmpty() ? "<unknown>" : found;
    }
}
