package io.coxswain.cli.describe;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.ApiError;
import io.coxswain.base.Clock;
import io.coxswain.cli.Session;
import io.coxswain.cli.output.EventAge;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Query;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the server knows around an object. What may not be read counts as not there.
final class Related {

    private final Session session;

    Related(Session session) {
        this.session = session;
    }

    Clock clock() {
        return session.clock();
    }

    /// Objects of a built-in collection: `("/api/v1", "ns", "pods", selector)`.
    List<Json.Obj> list(String root, String namespace, String plural, Query query) {
        var path =
                namespace.isEmpty()
                        ? root + "/" + plural
                        : root + "/namespaces/" + namespace + "/" + plural;
        try {
            return Trees.objects(session.server().get(path, query), "items");
        } catch (ApiError forbidden) {
            return List.of();
        }
    }

    /// The object at a path, or null.
    Json.@Nullable Obj get(String path) {
        try {
            return session.server().find(path);
        } catch (ApiError forbidden) {
            return null;
        }
    }

    /// The section about events.
    void events(Json.Obj object, String namespace, Sheet sheet) {
        var selector =
                "involvedObject.name="
                        + Trees.name(object)
                        + ",involvedObject.namespace="
                        + namespace
                        + ",involvedObject.uid="
                        + Trees.text(object, "metadata.uid");
        if (object.text("kind").equals("Node")) {
            selector = "involvedObject.name=" + Trees.name(object) + ",involvedObject.kind=Node";
        } else if (namespace.isEmpty()) {
            selector =
                    "involvedObject.name="
                            + Trees.name(object)
                            + ",involvedObject.uid="
                            + Trees.text(object, "metadata.uid");
        }
        var events =
                list("/api/v1", namespace, "events", Query.EMPTY.with("fieldSelector", selector));
        if (events.isEmpty()) {
            sheet.line(0, "Events:\t<none>");
            return;
        }
        sheet.line(0, "Events:");
        sheet.line(1, "Type\tReason\tAge\tFrom\tMessage");
        sheet.line(1, "----\t------\t----\t----\t-------");
        events.stream()
                .sorted(Comparator.comparing(EventAge::lastSeen))
                .forEach(event -> event(event, sheet));
    }

    private void event(Json.Obj event, Sheet sheet) {
        var source = Trees.text(event, "source.component");
        if (source.isEmpty()) {
            source = event.text("reportingComponent");
        }
        sheet.line(
                1,
                String.join(
                        "\t",
                        event.text("type"),
                        event.text("reason"),
                        EventAge.of(event, clock()),
                        source,
                        event.text("message").strip().replace("\n", " ")));
    }

    /// How long ago; `<unknown>` when there is no time.
    String age(String time) {
        return EventAge.age(time, clock());
    }
}
