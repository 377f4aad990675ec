package io.coxswain.api.core;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Micros;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Kind(version = "v1", plural = "events", shortNames = "ev")
public record Event(
        @Required ObjectMeta metadata,
        @Required ObjectReference involvedObject,
        String reason,
        String message,
        EventSource source,
        @Nullable @Always Instant firstTimestamp,
        @Nullable @Always Instant lastTimestamp,
        int count,
        String type,
        @Nullable @Always @Micros Instant eventTime,
        @Nullable EventSeries series,
        String action,
        @Nullable ObjectReference related,
        @Always String reportingComponent,
        @Always String reportingInstance)
        implements Resource {

    public record EventSeries(int count, @Nullable @Always @Micros Instant lastObservedTime) {}

    public static final Strategy<Event> STRATEGY =
            Strategy.<Event>standard()
                    .withoutGeneration()
                    .allowCreateOnUpdate()
                    .names((name, prefix) -> List.of())
                    .validate(Event::check)
                    .fields(Event::fields);

    private static void check(Event event, FieldErrors errors) {
        var about = event.involvedObject().namespace();
        var home = about.isEmpty() ? "default" : about;
        var own = event.namespace();
        if (about.isEmpty()
                ? !own.equals("default") && !own.equals("kube-system")
                : !own.equals(home)) {
            errors.at("involvedObject")
                    .at("namespace")
                    .invalid(about, "does not match event.namespace");
        }
    }

    private Map<String, String> fields() {
        var about = involvedObject;
        return Map.ofEntries(
                Map.entry("involvedObject.kind", about.kind()),
                Map.entry("involvedObject.namespace", about.namespace()),
                Map.entry("involvedObject.name", about.name()),
                Map.entry("involvedObject.uid", about.uid()),
                Map.entry("involvedObject.apiVersion", about.apiVersion()),
                Map.entry("involvedObject.resourceVersion", about.resourceVersion()),
                Map.entry("involvedObject.fieldPath", about.fieldPath()),
                Map.entry("reason", reason),
                Map.entry("reportingComponent", reportingComponent),
                Map.entry(
                        "source",
                        source.component().isEmpty() ? reportingComponent : source.component()),
                Map.entry("type", type));
    }
}
