package io.coxswain.api.core;

import io.coxswain.api.core.rules.EventRules;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Micros;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import java.time.Instant;
import java.util.List;
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
                    .validate((event, errors) ->
                            EventRules.check(event, "reportingComponent", errors))
                    .fields(EventRules::fields);
}
