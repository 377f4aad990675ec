package io.coxswain.api.columns;

import io.coxswain.api.admissionregistration.MutatingAdmissionPolicy;
import io.coxswain.api.admissionregistration.MutatingAdmissionPolicyBinding;
import io.coxswain.api.admissionregistration.MutatingWebhookConfiguration;
import io.coxswain.api.admissionregistration.ParamKind;
import io.coxswain.api.admissionregistration.ParamRef;
import io.coxswain.api.admissionregistration.ValidatingAdmissionPolicy;
import io.coxswain.api.admissionregistration.ValidatingAdmissionPolicyBinding;
import io.coxswain.api.admissionregistration.ValidatingWebhookConfiguration;
import io.coxswain.api.apiregistration.APIService;
import io.coxswain.api.core.ComponentStatus;
import io.coxswain.api.events.Event;
import io.coxswain.api.flowcontrol.FlowSchema;
import io.coxswain.api.flowcontrol.PriorityLevelConfiguration;
import io.coxswain.api.resource.ResourceClaim;
import io.coxswain.api.resource.ResourceSlice;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The rows of the kinds that configure the API server itself, of devices, and of events.
public final class ServerCells {

    private ServerCells() {}

    public static List<@Nullable Object> validatingWebhooks(
            ValidatingWebhookConfiguration hooks, Instant now) {
        return Cells.row(hooks.name(), hooks.webhooks().size(), Cells.age(hooks, now));
    }

    public static List<@Nullable Object> mutatingWebhooks(
            MutatingWebhookConfiguration hooks, Instant now) {
        return Cells.row(hooks.name(), hooks.webhooks().size(), Cells.age(hooks, now));
    }

    public static List<@Nullable Object> validatingPolicy(
            ValidatingAdmissionPolicy policy, Instant now) {
        return Cells.row(
                policy.name(),
                policy.spec().validations().size(),
                kind(policy.spec().paramKind()),
                Cells.age(policy, now));
    }

    public static List<@Nullable Object> mutatingPolicy(
            MutatingAdmissionPolicy policy, Instant now) {
        return Cells.row(
                policy.name(),
                policy.spec().mutations().size(),
                kind(policy.spec().paramKind()),
                Cells.age(policy, now));
    }

    public static List<@Nullable Object> validatingBinding(
            ValidatingAdmissionPolicyBinding binding, Instant now) {
        return Cells.row(
                binding.name(),
                binding.spec().policyName(),
                reference(binding.spec().paramRef()),
                Cells.age(binding, now));
    }

    public static List<@Nullable Object> mutatingBinding(
            MutatingAdmissionPolicyBinding binding, Instant now) {
        return Cells.row(
                binding.name(),
                binding.spec().policyName(),
                reference(binding.spec().paramRef()),
                Cells.age(binding, now));
    }

    public static List<@Nullable Object> apiService(APIService service, Instant now) {
        var target = service.spec().service();
        var available = "Unknown";
        for (var condition : service.status().conditions()) {
            if (condition.type().equals("Available")) {
                available =
                        condition.status().equals("True")
                                ? "True"
                                : condition.status() + " (" + condition.reason() + ")";
            }
        }
        return Cells.row(
                service.name(),
                target == null ? "Local" : target.namespace() + "/" + target.name(),
                available,
                Cells.age(service, now));
    }

    public static List<@Nullable Object> flowSchema(FlowSchema schema, Instant now) {
        var spec = schema.spec();
        var method = spec.distinguisherMethod();
        var dangling = "?";
        for (var condition : schema.status().conditions()) {
            if (condition.type().equals("Dangling")) {
                dangling = condition.status();
            }
        }
        return Cells.row(
                schema.name(),
                spec.priorityLevelConfiguration().name(),
                spec.matchingPrecedence(),
                method == null ? Cells.NONE : method.type(),
                Cells.age(schema, now),
                dangling);
    }

    public static List<@Nullable Object> priorityLevel(
            PriorityLevelConfiguration level, Instant now) {
        var limited = level.spec().limited();
        var queuing = limited == null ? null : limited.limitResponse().queuing();
        return Cells.row(
                level.name(),
                level.spec().type(),
                limited == null
                        ? Cells.NONE
                        : Objects.requireNonNullElse(limited.nominalConcurrencyShares(), 0),
                queuing == null ? Cells.NONE : queuing.queues(),
                queuing == null ? Cells.NONE : queuing.handSize(),
                queuing == null ? Cells.NONE : queuing.queueLengthLimit(),
                Cells.age(level, now));
    }

    public static List<@Nullable Object> claim(ResourceClaim claim, Instant now) {
        var status = claim.status();
        var state = status.allocation() == null ? "pending" : "allocated";
        if (status.allocation() != null && !status.reservedFor().isEmpty()) {
            state += ",reserved";
        }
        return Cells.row(
                claim.name(), claim.deleting() ? "deleted," + state : state, Cells.age(claim, now));
    }

    public static List<@Nullable Object> slice(ResourceSlice slice, Instant now) {
        var spec = slice.spec();
        return Cells.row(
                slice.name(),
                Objects.requireNonNullElse(spec.nodeName(), Cells.UNSET),
                spec.driver(),
                spec.pool().name(),
                Cells.age(slice, now));
    }

    public static List<@Nullable Object> component(ComponentStatus component, Instant now) {
        var state = "Unknown";
        var message = "";
        var error = "";
        for (var condition : component.conditions()) {
            if (condition.type().equals("Healthy")) {
                state = condition.status().equals("True") ? "Healthy" : "Unhealthy";
                message = condition.message();
                error = condition.error();
            }
        }
        return Cells.row(component.name(), state, message, error);
    }

    public static List<@Nullable Object> event(Event event, Instant now) {
        var began = event.deprecatedFirstTimestamp();
        var first = began == null ? event.eventTime() : began;
        var ended = event.deprecatedLastTimestamp();
        var last = ended == null ? first : ended;
        var series = event.series();
        var about = event.regarding();
        var kind = about.kind().toLowerCase(Locale.ROOT);
        var component = event.deprecatedSource().component();
        return Cells.row(
                Cells.since(series == null ? last : series.lastObservedTime(), now),
                event.type(),
                event.reason(),
                about.name().isEmpty() ? kind : kind + "/" + about.name(),
                about.fieldPath(),
                component.isEmpty()
                        ? joined(event.reportingController(), event.reportingInstance())
                        : joined(component, event.deprecatedSource().host()),
                event.note().strip(),
                Cells.since(first, now),
                series == null ? Math.max(event.deprecatedCount(), 1) : series.count(),
                event.name());
    }

    private static String joined(String component, String host) {
        return host.isEmpty() ? component : component + ", " + host;
    }

    private static String kind(@Nullable ParamKind kind) {
        return kind == null ? Cells.UNSET : kind.apiVersion() + "/" + kind.kind();
    }

    private static String reference(@Nullable ParamRef reference) {
        if (reference == null) {
            return Cells.UNSET;
        }
        if (reference.name().isEmpty()) {
            return Cells.selector(reference.selector());
        }
        return reference.namespace().isEmpty()
                ? "*/" + reference.name()
                : reference.namespace() + "/" + reference.name();
    }
}
