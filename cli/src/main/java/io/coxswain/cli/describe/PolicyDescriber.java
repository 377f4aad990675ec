package io.coxswain.cli.describe;

import io.coxswain.api.json.Json;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Query;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Describes what limits others: namespaces with their quotas and limits, disruption budgets,
/// priority classes.
final class PolicyDescriber {

    private static final String LIMITS_HEAD =
            "Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio";
    private static final String LIMITS_RULE =
            "----\t--------\t---\t---\t---------------\t-------------\t-----------------------";
    private static final Map<String, String> SCOPES =
            Map.of(
                    "Terminating",
                    "Matches all pods that have an active deadline. These pods have a limited"
                            + " lifespan on a node before being actively terminated by the system.",
                    "NotTerminating",
                    "Matches all pods that do not have an active deadline. These pods usually"
                            + " include long running pods whose container command is not expected"
                            + " to terminate.",
                    "BestEffort",
                    "Matches all pods that do not have resource requirements set. These pods have"
                            + " a best effort quality of service.",
                    "NotBestEffort",
                    "Matches all pods that have at least one resource requirement set. These pods"
                            + " have a burstable or guaranteed quality of service.");

    private PolicyDescriber() {}

    static void budget(Target target, Sheet sheet, Related related) {
        var object = target.object();
        var spec = object.object("spec");
        var status = object.object("status");
        sheet.head(object, true);
        sheet.optional(0, "Min available", Trees.text(spec, "minAvailable"));
        sheet.optional(0, "Max unavailable", Trees.text(spec, "maxUnavailable"));
        sheet.line(
                0,
                "Selector:\t"
                        + (spec.get("selector") == null
                                ? "<unset>"
                                : WorkloadDescriber.selector(spec)));
        sheet.line(0, "Status:");
        sheet.line(2, "Allowed disruptions:\t" + Trees.number(status, "disruptionsAllowed", 0));
        sheet.line(2, "Current:\t" + Trees.number(status, "currentHealthy", 0));
        sheet.line(2, "Desired:\t" + Trees.number(status, "desiredHealthy", 0));
        sheet.line(2, "Total:\t" + Trees.number(status, "expectedPods", 0));
    }

    static void priorityClass(Target target, Sheet sheet, Related related) {
        var object = target.object();
        sheet.head(object, false);
        sheet.line(0, "Value:\t" + Trees.text(object, "value"));
        sheet.line(0, "GlobalDefault:\t" + Trees.flag(object, "globalDefault"));
        sheet.line(0, "PreemptionPolicy:\t" + object.text("preemptionPolicy"));
        sheet.line(0, "Description:\t" + object.text("description"));
        sheet.annotations(Trees.map(object, "metadata.annotations"));
    }

    static void quota(Target target, Sheet sheet, Related related) {
        sheet.head(target.object(), true);
        scopes(target.object(), 0, sheet);
        sheet.line(0, "Resource\tUsed\tHard");
        sheet.line(0, "--------\t----\t----");
        amounts(target.object(), 0, sheet);
    }

    private static void scopes(Json.Obj quota, int level, Sheet sheet) {
        var scopes = new TreeSet<>(Trees.texts(quota, "spec.scopes"));
        if (scopes.isEmpty()) {
            return;
        }
        sheet.line(level, "Scopes:\t" + String.join(", ", scopes));
        scopes.forEach(scope -> sheet.line(level, " * " + SCOPES.getOrDefault(scope, "")));
    }

    private static void amounts(Json.Obj quota, int level, Sheet sheet) {
        var used = Trees.map(quota, "status.used");
        new TreeMap<>(Trees.map(quota, "status.hard"))
                .forEach((name, hard) ->
                        sheet.line(
                                level, name + "\t" + used.getOrDefault(name, "0") + "\t" + hard));
    }

    static void limits(Target target, Sheet sheet, Related related) {
        sheet.head(target.object(), true);
        sheet.line(0, LIMITS_HEAD);
        sheet.line(0, LIMITS_RULE);
        limits(target.object(), "", sheet);
    }

    private static void limits(Json.Obj range, String lead, Sheet sheet) {
        for (var limit : Trees.objects(range, "spec.limits")) {
            var resources = new LinkedHashSet<String>();
            for (var bound :
                    List.of("max", "min", "default", "defaultRequest", "maxLimitRequestRatio")) {
                resources.addAll(limit.object(bound).fields().keySet());
            }
            for (var resource : resources) {
                sheet.line(
                        0,
                        lead
                                + String.join(
                                        "\t",
                                        limit.text("type"),
                                        resource,
                                        bound(limit, "min", resource),
                                        bound(limit, "max", resource),
                                        bound(limit, "defaultRequest", resource),
                                        bound(limit, "default", resource),
                                        bound(limit, "maxLimitRequestRatio", resource)));
            }
        }
    }

    private static String bound(Json.Obj limit, String bound, String resource) {
        var value = Trees.text(limit.object(bound).get(resource));
        return value.isEmpty() ? "-" : value;
    }

    static void namespace(Target target, Sheet sheet, Related related) {
        var object = target.object();
        sheet.head(object, false);
        sheet.marks(object);
        sheet.line(0, "Status:\t" + Trees.text(object, "status.phase"));
        var conditions = Trees.objects(object, "status.conditions");
        if (!conditions.isEmpty()) {
            sheet.line(0, "Conditions:");
            sheet.line(1, "Type\tStatus\tLastTransitionTime\tReason\tMessage");
            sheet.line(1, "----\t------\t------------------\t------\t-------");
            for (var c : conditions) {
                var time = Sheet.date(c.text("lastTransitionTime"));
                sheet.line(
                        1,
                        String.join(
                                "\t",
                                c.text("type"),
                                c.text("status"),
                                time,
                                c.text("reason"),
                                c.text("message")));
            }
        }
        var quotas = related.list("/api/v1", target.name(), "resourcequotas", Query.EMPTY);
        sheet.line(0, quotas.isEmpty() ? "\nNo resource quota." : "\nResource Quotas");
        for (var quota : quotas) {
            sheet.line(1, "Name:\t" + Trees.name(quota));
            scopes(quota, 1, sheet);
            sheet.line(1, "Resource\tUsed\tHard");
            sheet.line(1, "--------\t---\t---");
            amounts(quota, 1, sheet);
        }
        var ranges = related.list("/api/v1", target.name(), "limitranges", Query.EMPTY);
        if (ranges.isEmpty()) {
            sheet.line(0, "\nNo LimitRange resource.");
            return;
        }
        sheet.line(0, "\nResource Limits");
        sheet.line(0, " " + LIMITS_HEAD);
        sheet.line(0, " " + LIMITS_RULE);
        ranges.forEach(range -> limits(range, " ", sheet));
    }
}
