package io.coxswain.api.columns;

import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler;
import io.coxswain.api.certificates.CertificateSigningRequest;
import io.coxswain.api.coordination.Lease;
import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Event;
import io.coxswain.api.core.Namespace;
import io.coxswain.api.core.ResourceQuota;
import io.coxswain.api.core.Secret;
import io.coxswain.api.node.RuntimeClass;
import io.coxswain.api.policy.PodDisruptionBudget;
import io.coxswain.api.rbac.ClusterRoleBinding;
import io.coxswain.api.rbac.RoleBinding;
import io.coxswain.api.rbac.RoleRef;
import io.coxswain.api.rbac.Subject;
import io.coxswain.api.scheduling.PriorityClass;
import io.coxswain.api.schema.Quantity;
import io.coxswain.base.HumanDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rows of the smaller kinds.
public final class ClusterCells {

    private ClusterCells() {}

    public static List<@Nullable Object> namespace(Namespace namespace, Instant now) {
        return Cells.row(namespace.name(), namespace.status().phase(), Cells.age(namespace, now));
    }

    public static List<@Nullable Object> configMap(ConfigMap map, Instant now) {
        return Cells.row(
                map.name(), map.data().size() + map.binaryData().size(), Cells.age(map, now));
    }

    public static List<@Nullable Object> secret(Secret secret, Instant now) {
        return Cells.row(
                secret.name(), secret.type(), secret.data().size(), Cells.age(secret, now));
    }

    public static List<@Nullable Object> event(Event event, Instant now) {
        var first = event.firstTimestamp() == null ? event.eventTime() : event.firstTimestamp();
        var last = event.lastTimestamp() == null ? first : event.lastTimestamp();
        var series = event.series();
        var about = event.involvedObject();
        var kind = about.kind().toLowerCase(Locale.ROOT);
        return Cells.row(
                Cells.since(series == null ? last : series.lastObservedTime(), now),
                event.type(),
                event.reason(),
                about.name().isEmpty() ? kind : kind + "/" + about.name(),
                about.fieldPath(),
                source(event),
                event.message().strip(),
                Cells.since(first, now),
                series == null ? Math.max(event.count(), 1) : series.count(),
                event.name());
    }

    public static List<@Nullable Object> quota(ResourceQuota quota, Instant now) {
        var requests = new ArrayList<String>();
        var limits = new ArrayList<String>();
        for (var entry : new TreeMap<>(quota.status().hard()).entrySet()) {
            var used = quota.status().used().getOrDefault(entry.getKey(), Quantity.ZERO);
            var text = entry.getKey() + ": " + used + "/" + entry.getValue();
            (entry.getKey().startsWith("limits") ? limits : requests).add(text);
        }
        return Cells.row(
                quota.name(),
                String.join(", ", requests),
                String.join(", ", limits),
                Cells.age(quota, now));
    }

    public static List<@Nullable Object> lease(Lease lease, Instant now) {
        return Cells.row(
                lease.name(),
                Objects.requireNonNullElse(lease.spec().holderIdentity(), ""),
                Cells.age(lease, now));
    }

    public static List<@Nullable Object> priorityClass(PriorityClass kind, Instant now) {
        return Cells.row(
                kind.name(),
                kind.value(),
                kind.globalDefault(),
                Cells.age(kind, now),
                Objects.requireNonNullElse(kind.preemptionPolicy(), ""));
    }

    public static List<@Nullable Object> runtimeClass(RuntimeClass kind, Instant now) {
        return Cells.row(kind.name(), kind.handler(), Cells.age(kind, now));
    }

    public static List<@Nullable Object> budget(PodDisruptionBudget budget, Instant now) {
        var spec = budget.spec();
        return Cells.row(
                budget.name(),
                spec.minAvailable() == null ? "N/A" : spec.minAvailable().toString(),
                spec.maxUnavailable() == null ? "N/A" : spec.maxUnavailable().toString(),
                budget.status().disruptionsAllowed(),
                Cells.age(budget, now));
    }

    public static List<@Nullable Object> autoscaler(HorizontalPodAutoscaler scaler, Instant now) {
        var spec = scaler.spec();
        var target = spec.scaleTargetRef();
        return Cells.row(
                scaler.name(),
                target.kind() + "/" + target.name(),
                AutoscalerTargets.of(scaler),
                Cells.orUnset(spec.minReplicas()),
                spec.maxReplicas(),
                scaler.status().currentReplicas(),
                Cells.age(scaler, now));
    }

    public static List<@Nullable Object> autoscaler(
            io.coxswain.api.autoscaling.HorizontalPodAutoscaler scaler, Instant now) {
        var spec = scaler.spec();
        var target = spec.scaleTargetRef();
        var current = scaler.status().currentCPUUtilizationPercentage();
        var wanted = spec.targetCPUUtilizationPercentage();
        return Cells.row(
                scaler.name(),
                target.kind() + "/" + target.name(),
                wanted == null
                        ? Cells.NONE
                        : "cpu: "
                                + (current == null ? Cells.UNKNOWN : current + "%")
                                + "/"
                                + wanted
                                + "%",
                Cells.orUnset(spec.minReplicas()),
                spec.maxReplicas(),
                scaler.status().currentReplicas(),
                Cells.age(scaler, now));
    }

    public static List<@Nullable Object> roleBinding(RoleBinding binding, Instant now) {
        return binding(
                binding.name(), binding.roleRef(), Cells.age(binding, now), binding.subjects());
    }

    public static List<@Nullable Object> clusterRoleBinding(
            ClusterRoleBinding binding, Instant now) {
        return binding(
                binding.name(), binding.roleRef(), Cells.age(binding, now), binding.subjects());
    }

    public static List<@Nullable Object> signingRequest(
            CertificateSigningRequest request, Instant now) {
        var seconds = request.spec().expirationSeconds();
        return Cells.row(
                request.name(),
                Cells.age(request, now),
                request.spec().signerName(),
                request.spec().username(),
                seconds == null ? Cells.NONE : HumanDuration.of(Duration.ofSeconds(seconds)),
                state(request));
    }

    private static String state(CertificateSigningRequest request) {
        var types = request.status().conditions().stream().map(c -> c.type()).toList();
        var state =
                types.contains("Denied")
                        ? "Denied"
                        : types.contains("Approved") ? "Approved" : "Pending";
        var text = types.contains("Failed") ? state + ",Failed" : state;
        return request.status().certificate().length > 0 ? text + ",Issued" : text;
    }

    private static List<@Nullable Object> binding(
            String name, RoleRef role, String age, List<Subject> subjects) {
        return Cells.row(
                name,
                role.kind() + "/" + role.name(),
                age,
                named("User", subjects),
                named("Group", subjects),
                named("ServiceAccount", subjects));
    }

    private static String named(String kind, List<Subject> subjects) {
        return subjects.stream()
                .filter(subject -> subject.kind().equals(kind))
                .map(subject ->
                        kind.equals("ServiceAccount")
                                ? subject.namespace() + "/" + subject.name()
                                : subject.name())
                .collect(Collectors.joining(", "));
    }

    private static String source(Event event) {
        var component =
                event.source().component().isEmpty()
                        ? event.reportingComponent()
                        : event.source().component();
        var host =
                event.source().component().isEmpty()
                        ? event.reportingInstance()
                        : event.source().host();
        return host.isEmpty() ? component : component + ", " + host;
    }
}
