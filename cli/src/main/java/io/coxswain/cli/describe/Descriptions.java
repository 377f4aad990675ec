package io.coxswain.cli.describe;

import io.coxswain.api.json.Json;
import io.coxswain.cli.Session;
import io.coxswain.cli.resource.Target;
import java.util.Map;

/// Finds who describes an object.
public final class Descriptions {

    private static final Map<String, Describer> BY_KIND =
            Map.of(
                    "pod", PodDescriber::describe,
                    "deployment.apps", WorkloadDescriber::deployment,
                    "replicaset.apps", WorkloadDescriber::replicaSet,
                    "service", ServiceDescriber::describe,
                    "node", NodeDescriber::describe);

    private final Related related;
    private final boolean events;

    public Descriptions(Session session, boolean events) {
        this.related = new Related(session);
        this.events = events;
    }

    public String of(Target target) {
        var sheet = new Sheet();
        var describer =
                BY_KIND.getOrDefault(target.type().qualifiedKind(), FieldDescriber::describe);
        describer.describe(target, sheet, related);
        if (events) {
            related.events(target.object(), target.namespace(), sheet);
        }
        return sheet.text();
    }

    /// A pod template on its own.
    public static String template(Json.Obj template) {
        var sheet = new Sheet();
        WorkloadDescriber.template(template, sheet);
        return sheet.text();
    }
}
