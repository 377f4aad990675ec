package io.coxswain.api.core.rules;

import io.coxswain.api.core.Event;
import io.coxswain.api.core.Event.EventSeries;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Values;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The rules of Events. Those of the core group are what clients have always sent and are hardly
/// checked; those of `events.k8s.io` are complete, and only their series changes.
public final class EventRules {

    private static final int TEXT_MAX = 128;
    private static final int MESSAGE_MAX = 1024;

    private EventRules() {}

    /// What holds for both groups.
    ///
    /// @param controller what the group calls `reportingComponent`
    public static void check(Event event, String controller, FieldErrors errors) {
        var about = event.involvedObject().namespace();
        var own = event.namespace();
        var fits =
                event.eventTime() == null
                        ? own.equals(about.isEmpty() ? "default" : about)
                        : !about.isEmpty() || own.equals("default") || own.equals("kube-system");
        if (!fits) {
            errors.at("involvedObject")
                    .at("namespace")
                    .invalid(about, "does not match event.namespace");
        }
        if (event.eventTime() == null) {
            return;
        }
        Values.required(event.reportingComponent(), errors.at(controller));
        errors.at(controller)
                .invalid(event.reportingComponent(), Names.qualified(event.reportingComponent()));
        text(event.reportingInstance(), errors.at("reportingInstance"));
        text(event.action(), errors.at("action"));
        text(event.reason(), errors.at("reason"));
        if (event.message().length() > MESSAGE_MAX) {
            errors.at("message").invalid("", "can have at most " + MESSAGE_MAX + " characters");
        }
    }

    /// What holds for a new Event of `events.k8s.io`, beyond [#check].
    public static void complete(Event event, FieldErrors errors) {
        series(event.series(), errors);
        if (event.eventTime() == null) {
            errors.at("eventTime").required("");
        }
        if (!List.of("Normal", "Warning").contains(event.type())) {
            errors.at("type").invalid("", "has invalid value: " + event.type());
        }
        unset(event.firstTimestamp() == null, errors.at("firstTimestamp"));
        unset(event.lastTimestamp() == null, errors.at("lastTimestamp"));
        unset(event.count() == 0, errors.at("count"));
        var source = event.source();
        unset(source.component().isEmpty() && source.host().isEmpty(), errors.at("source"));
    }

    /// What an update of an Event of `events.k8s.io` may change: its series.
    public static void update(Event old, Event updated, FieldErrors errors) {
        if (!Objects.equals(old.series(), updated.series())) {
            series(updated.series(), errors);
        }
        Values.immutable(
                old.involvedObject(), updated.involvedObject(), errors.at("involvedObject"));
        Values.immutable(old.reason(), updated.reason(), errors.at("reason"));
        Values.immutable(old.message(), updated.message(), errors.at("message"));
        Values.immutable(old.source(), updated.source(), errors.at("source"));
        same(old.firstTimestamp(), updated.firstTimestamp(), errors.at("firstTimestamp"));
        same(old.lastTimestamp(), updated.lastTimestamp(), errors.at("lastTimestamp"));
        Values.immutable(old.count(), updated.count(), errors.at("count"));
        Values.immutable(old.related(), updated.related(), errors.at("related"));
        Values.immutable(
                old.reportingComponent(),
                updated.reportingComponent(),
                errors.at("reportingController"));
        Values.immutable(
                old.reportingInstance(),
                updated.reportingInstance(),
                errors.at("reportingInstance"));
        Values.immutable(old.action(), updated.action(), errors.at("action"));
        Values.immutable(old.type(), updated.type(), errors.at("type"));
        same(old.eventTime(), updated.eventTime(), errors.at("eventTime"));
    }

    /// The selectable fields, by the names of the core group.
    public static Map<String, String> fields(Event event) {
        var about = event.involvedObject();
        var source = event.source().component();
        return Map.ofEntries(
                Map.entry("involvedObject.kind", about.kind()),
                Map.entry("involvedObject.namespace", about.namespace()),
                Map.entry("involvedObject.name", about.name()),
                Map.entry("involvedObject.uid", about.uid()),
                Map.entry("involvedObject.apiVersion", about.apiVersion()),
                Map.entry("involvedObject.resourceVersion", about.resourceVersion()),
                Map.entry("involvedObject.fieldPath", about.fieldPath()),
                Map.entry("reason", event.reason()),
                Map.entry("reportingComponent", event.reportingComponent()),
                Map.entry("source", source.isEmpty() ? event.reportingComponent() : source),
                Map.entry("type", event.type()));
    }

    private static void text(String value, FieldErrors errors) {
        Values.required(value, errors);
        if (value.length() > TEXT_MAX) {
            errors.invalid("", "can have at most " + TEXT_MAX + " characters");
        }
    }

    private static void series(@Nullable EventSeries series, FieldErrors errors) {
        if (series == null) {
            return;
        }
        if (series.count() < 2) {
            errors.at("series").at("count").invalid("", "should be at least 2");
        }
        if (series.lastObservedTime() == null) {
            errors.at("series").at("lastObservedTime").required("");
        }
    }

    private static void unset(boolean unset, FieldErrors errors) {
        if (!unset) {
            errors.invalid("", "needs to be unset");
        }
    }

    private static void same(@Nullable Instant old, @Nullable Instant updated, FieldErrors errors) {
        Values.immutable(old, updated, errors);
    }
}
