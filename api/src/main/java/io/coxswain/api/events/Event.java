package io.coxswain.api.events;

import io.coxswain.api.core.EventSource;
import io.coxswain.api.core.ObjectReference;
import io.coxswain.api.core.rules.EventRules;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Conversion;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Micros;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Kind(group = "events.k8s.io", version = "v1", plural = "events", shortNames = "ev")
public record Event(
        ObjectMeta metadata,
        @Nullable @Required @Micros Instant eventTime,
        @Nullable EventSeries series,
        String reportingController,
        String reportingInstance,
        String action,
        String reason,
        ObjectReference regarding,
        @Nullable ObjectReference related,
        String note,
        String type,
        EventSource deprecatedSource,
        @Nullable @Always Instant deprecatedFirstTimestamp,
        @Nullable @Always Instant deprecatedLastTimestamp,
        int deprecatedCount)
        implements Resource {

    public record EventSeries(
            @Required int count, @Nullable @Required @Micros Instant lastObservedTime) {}

    /// Stored as an Event of the core group: both groups show the same events.
    public static final Conversion<Event, io.coxswain.api.core.Event> CONVERSION =
            new Conversion<>(Event::toCore, Event::ofCore);

    public static final Strategy<Event> STRATEGY =
            Strategy.<Event>standard()
                    .withoutGeneration()
                    .allowCreateOnUpdate()
                    .validate((event, errors) -> {
                        EventRules.check(toCore(event), "reportingController", errors);
                        EventRules.complete(toCore(event), errors);
                    })
                    .validateUpdated((event, errors) ->
                            EventRules.check(toCore(event), "reportingController", errors))
                    .validateUpdate((old, updated, errors) ->
                            EventRules.update(toCore(old), toCore(updated), errors))
                    .fields(event -> EventRules.fields(toCore(event)))
                    .fieldAliases(
                            Map.of(
                                    "regarding.kind", "involvedObject.kind",
                                    "regarding.namespace", "involvedObject.namespace",
                                    "regarding.name", "involvedObject.name",
                                    "regarding.uid", "involvedObject.uid",
                                    "regarding.apiVersion", "involvedObject.apiVersion",
                                    "regarding.resourceVersion", "involvedObject.resourceVersion",
                                    "regarding.fieldPath", "involvedObject.fieldPath",
                                    "reason", "reason",
                                    "reportingController", "reportingComponent",
                                    "type", "type"));

    private static io.coxswain.api.core.Event toCore(Event event) {
        var series = event.series();
        return new io.coxswain.api.core.Event(
                event.metadata(),
                event.regarding(),
                event.reason(),
                event.note(),
                event.deprecatedSource(),
                event.deprecatedFirstTimestamp(),
                event.deprecatedLastTimestamp(),
                event.deprecatedCount(),
                event.type(),
                event.eventTime(),
                series == null
                        ? null
                        : new io.coxswain.api.core.Event.EventSeries(
                                series.count(), series.lastObservedTime()),
                event.action(),
                event.related(),
                event.reportingController(),
                event.reportingInstance());
    }

    private static Event ofCore(io.coxswain.api.core.Event core) {
        var series = core.series();
        return new Event(
                core.metadata(),
                core.eventTime(),
                series == null ? null : new EventSeries(series.count(), series.lastObservedTime()),
                core.reportingComponent(),
                core.reportingInstance(),
                core.action(),
                core.reason(),
                core.involvedObject(),
                core.related(),
                core.message(),
                core.type(),
                core.source(),
                core.firstTimestamp(),
                core.lastTimestamp(),
                core.count());
    }
}
