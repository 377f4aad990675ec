package io.coxswain.apiserver.admission;

import io.coxswain.api.core.ResourceQuota;
import io.coxswain.api.core.ResourceQuota.ResourceQuotaStatus;
import io.coxswain.api.quota.QuotaUsage;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Quantity;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.registry.Part;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.http.Request;
import io.coxswain.storage.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Nothing is let in beyond the ResourceQuotas of its namespace. What is let in is written into
/// their status at once, through the registry, so that writers of this server and of others
/// never both get the last of something.
///
/// What was counted and then not stored after all, the quota controller takes back.
final class QuotaAdmission implements AdmissionPlugin {

    /// What nobody keeps: not worth counting.
    private static final Set<String> UNCOUNTED =
            Set.of("events", "events.events.k8s.io", "bindings", "componentstatuses");

    private static final Set<String> COUNTED_ON_UPDATE =
            Set.of("services", "persistentvolumeclaims");

    private static final int STRIPES = 64;

    private final Objects objects;

    /// Writers of one namespace wait for each other rather than lose to each other.
    private final List<ReentrantLock> locks =
            IntStream.range(0, STRIPES).mapToObj(i -> new ReentrantLock()).toList();

    QuotaAdmission(Objects objects) {
        this.objects = objects;
    }

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        var resource = request.kind().groupResource();
        if (!request.kind().namespaced() || UNCOUNTED.contains(resource) || !counts(request)) {
            return;
        }
        if (quotas(request.namespace()).isEmpty()) {
            return;
        }
        var lock = locks.get(Math.floorMod(request.namespace().hashCode(), STRIPES));
        lock.lock();
        try {
            charge(request, object);
        } finally {
            lock.unlock();
        }
    }

    private static boolean counts(AdmissionRequest<?> request) {
        var resource = request.kind().groupResource();
        return switch (request.operation()) {
            case CREATE -> request.subresource().isEmpty();
            case UPDATE ->
                    (request.subresource().isEmpty() && COUNTED_ON_UPDATE.contains(resource))
                            || (request.subresource().equals("resize") && resource.equals("pods"));
            case DELETE, CONNECT -> false;
        };
    }

    private void charge(AdmissionRequest<?> request, Object object) {
        var kind = objects.catalog().of(ResourceQuota.class);
        var now = request.registry().clock().now();
        var about = new ArrayList<Entry>();
        for (var entry : quotas(request.namespace())) {
            if (checked(request, object, kind.object(entry), now) != null) {
                about.add(entry);
            }
        }
        if (request.dryRun()) {
            return;
        }
        var call =
                Call.of(Request.of("PUT", kind.kind().path(request.namespace())))
                        .as(User.of("system:apiserver", User.MASTERS));
        for (var entry : about) {
            write(call, request, object, kind, entry);
        }
    }

    /// Checks again whenever another writer came first. A quota that has gone limits nothing.
    private static void write(
            Call call,
            AdmissionRequest<?> request,
            Object object,
            Served<ResourceQuota> kind,
            Entry entry) {
        var now = request.registry().clock().now();
        try {
            request.registry()
                    .update(
                            call,
                            kind,
                            entry.key(),
                            Part.STATUS,
                            stored -> {
                                var after = checked(request, object, stored, now);
                                return after == null ? stored : after;
                            },
                            WriteOptions.internal("kube-apiserver"));
        } catch (ApiError error) {
            if (error.code() != 404) {
                throw error;
            }
        }
    }

    /// The quota with this object counted; null when it is not about the object.
    private static @Nullable ResourceQuota checked(
            AdmissionRequest<?> request, Object object, ResourceQuota quota, Instant now) {
        var resource = request.kind().groupResource();
        var hard = quota.status().hard();
        var limited = QuotaUsage.limited(resource, hard.keySet());
        if (limited.isEmpty() || !QuotaUsage.inScope(quota, object)) {
            return null;
        }
        var missing = QuotaUsage.missing(limited, object);
        if (!missing.isEmpty()) {
            throw request.forbidden(
                    "failed quota: "
                            + quota.name()
                            + ": must specify "
                            + missing.entrySet().stream()
                                    .map(e ->
                                            e.getKey() + " for: " + String.join(",", e.getValue()))
                                    .collect(Collectors.joining("; ")));
        }
        var unknown = new ArrayList<>(limited);
        unknown.removeAll(quota.status().used().keySet());
        if (!unknown.isEmpty()) {
            throw request.forbidden(
                    "status unknown for quota: "
                            + quota.name()
                            + ", resources: "
                            + String.join(",", unknown));
        }
        var delta = delta(request, object, limited, now);
        return delta.isEmpty() ? null : counted(request, quota, delta);
    }

    private static Map<String, Quantity> delta(
            AdmissionRequest<?> request, Object object, Set<String> limited, Instant now) {
        var resource = request.kind().groupResource();
        var usage = QuotaUsage.of(resource, object, now);
        var old = request.old();
        var delta =
                old == null ? usage : QuotaUsage.minus(usage, QuotaUsage.of(resource, old, now));
        var kept = new TreeMap<>(delta);
        kept.keySet().retainAll(limited);
        kept.values().removeIf(Quantity::isZero);
        return kept;
    }

    private static ResourceQuota counted(
            AdmissionRequest<?> request, ResourceQuota quota, Map<String, Quantity> delta) {
        var hard = quota.status().hard();
        var used = QuotaUsage.plus(quota.status().used(), delta);
        var exceeded =
                delta.entrySet().stream()
                        .filter(entry -> entry.getValue().compareTo(Quantity.ZERO) > 0)
                        .map(Map.Entry::getKey)
                        .filter(name -> above(used.get(name), hard.get(name)))
                        .sorted()
                        .toList();
        if (!exceeded.isEmpty()) {
            throw request.forbidden(
                    "exceeded quota: "
                            + quota.name()
                            + ", requested: "
                            + text(exceeded, delta)
                            + ", used: "
                            + text(exceeded, quota.status().used())
                            + ", limited: "
                            + text(exceeded, hard));
        }
        return Edit.with(
                quota,
                ResourceQuota::status,
                Edit.with(quota.status(), ResourceQuotaStatus::used, used));
    }

    private static boolean above(@Nullable Quantity used, @Nullable Quantity hard) {
        return used != null && hard != null && used.compareTo(hard) > 0;
    }

    private static String text(Collection<String> names, Map<String, Quantity> amounts) {
        return names.stream()
                .map(name -> name + "=" + amounts.get(name))
                .collect(Collectors.joining(","));
    }

    private List<Entry> quotas(String namespace) {
        var entries = new ArrayList<Entry>();
        objects.store()
                .snapshot()
                .list("resourcequotas", namespace, null)
                .forEachRemaining(entries::add);
        return entries;
    }
}
