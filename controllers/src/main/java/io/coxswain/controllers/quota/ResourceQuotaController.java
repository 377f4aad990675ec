package io.coxswain.controllers.quota;

import io.coxswain.api.Kinds;
import io.coxswain.api.apps.DaemonSet;
import io.coxswain.api.apps.Deployment;
import io.coxswain.api.apps.ReplicaSet;
import io.coxswain.api.apps.StatefulSet;
import io.coxswain.api.batch.CronJob;
import io.coxswain.api.batch.Job;
import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.ReplicationController;
import io.coxswain.api.core.ResourceQuota;
import io.coxswain.api.core.ResourceQuota.ResourceQuotaStatus;
import io.coxswain.api.core.Secret;
import io.coxswain.api.core.Service;
import io.coxswain.api.core.ServiceAccount;
import io.coxswain.api.networking.Ingress;
import io.coxswain.api.quota.QuotaUsage;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.Resource;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Registration;
import io.coxswain.client.controller.Registration.NamespacedName;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps the status of ResourceQuotas: what they limit, and how much of it is used.
///
/// Admission has already counted what is just being created and may not be in the view yet. So an
/// amount is lowered only when nobody has written the quota for a moment.
public final class ResourceQuotaController implements Controller<ResourceQuota> {

    /// What is counted. Of other kinds admission's own count is kept.
    private static final List<Class<? extends Resource>> COUNTED =
            List.of(
                    Pod.class,
                    Service.class,
                    PersistentVolumeClaim.class,
                    ConfigMap.class,
                    Secret.class,
                    ReplicationController.class,
                    ResourceQuota.class,
                    ServiceAccount.class,
                    Deployment.class,
                    ReplicaSet.class,
                    StatefulSet.class,
                    DaemonSet.class,
                    Job.class,
                    CronJob.class,
                    Ingress.class);

    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final Duration RESYNC = Duration.ofMinutes(5);

    /// Since when a quota that is to be lowered is as it is, by UID.
    private final Map<String, Unchanged> unchanged = new ConcurrentHashMap<>();

    private record Unchanged(String resourceVersion, Instant since) {}

    public static Registration<ResourceQuota> registration() {
        var registration =
                Registration.of(
                        "resourcequota", ResourceQuota.class, new ResourceQuotaController());
        for (var type : COUNTED) {
            registration = watching(registration, type);
        }
        return registration;
    }

    private static <R extends Resource> Registration<ResourceQuota> watching(
            Registration<ResourceQuota> registration, Class<R> type) {
        return registration.watches(
                type,
                (object, view) ->
                        view.in(ResourceQuota.class, object.namespace()).map(NamespacedName::of));
    }

    @Override
    public Plan reconcile(ResourceQuota quota, View view) {
        if (quota.deleting()) {
            return Plan.NOTHING;
        }
        var hard = quota.spec().hard();
        var before = quota.status();
        var used = used(quota, view);
        if (hard.equals(before.hard()) && same(used, before.used())) {
            return Plan.NOTHING.again(RESYNC);
        }
        if (lowers(before.used(), used) && changedLately(quota, view.now())) {
            return Plan.NOTHING.again(SILENCE);
        }
        unchanged.remove(quota.uid());
        var status =
                Edit.of(before)
                        .set(ResourceQuotaStatus::hard, hard)
                        .set(ResourceQuotaStatus::used, used)
                        .done();
        return Plan.of(Step.updateStatus(Edit.with(quota, ResourceQuota::status, status)))
                .again(RESYNC);
    }

    private static Map<String, Quantity> used(ResourceQuota quota, View view) {
        var limits = quota.spec().hard().keySet();
        var known = new TreeMap<String, Quantity>();
        for (var type : COUNTED) {
            add(quota, limits, view, type, known);
        }
        var used = new LinkedHashMap<String, Quantity>();
        for (var limit : limits) {
            var counted = known.get(limit);
            var before = quota.status().used().getOrDefault(limit, Quantity.ZERO);
            used.put(limit, counted == null ? before : counted);
        }
        return used;
    }

    private static <R extends Resource> void add(
            ResourceQuota quota,
            Set<String> limits,
            View view,
            Class<R> type,
            Map<String, Quantity> known) {
        var resource = Kinds.of(type).kind().groupResource();
        var own = QuotaUsage.limited(resource, limits);
        if (own.isEmpty()) {
            return;
        }
        own.forEach(name -> known.putIfAbsent(name, Quantity.ZERO));
        view.in(type, quota.namespace())
                .filter(object -> QuotaUsage.inScope(quota, object))
                .forEach(object ->
                        QuotaUsage.of(resource, object, view.now())
                                .forEach((name, amount) ->
                                        known.computeIfPresent(
                                                name, (key, sum) -> sum.plus(amount))));
    }

    private static boolean same(Map<String, Quantity> a, Map<String, Quantity> b) {
        return a.keySet().equals(b.keySet())
                && a.entrySet().stream()
                        .allMatch(entry -> entry.getValue().compareTo(at(b, entry.getKey())) == 0);
    }

    private static boolean lowers(Map<String, Quantity> before, Map<String, Quantity> after) {
        return before.entrySet().stream()
                .anyMatch(entry -> entry.getValue().compareTo(at(after, entry.getKey())) > 0);
    }

    private static Quantity at(Map<String, Quantity> amounts, String name) {
        return amounts.getOrDefault(name, Quantity.ZERO);
    }

    private boolean changedLately(ResourceQuota quota, Instant now) {
        var version = quota.metadata().resourceVersion();
        var known =
                unchanged.compute(
                        quota.uid(),
                        (uid, before) ->
                                before != null && before.resourceVersion().equals(version)
                                        ? before
                                        : new Unchanged(version, now));
        return known.since().plus(SILENCE).isAfter(now);
    }
}
