package io.coxswain.api.events;

import io.coxswain.api.core.EventSource;
import io.coxswain.api.core.ObjectReference;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
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

    public static final Strategy<Event> STRATEGY =
            Strategy.<Event>standard()
                    .withoutGeneration()
                    .allowCreateOnUpdate()
                    .fields(event ->
                            Map.of(
                                    "reason", event.reason(),
                                    "type", event.type(),
                                    "reportingController", event.reportingController()));
}
