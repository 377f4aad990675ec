package io.coxswain.apiserver.flowcontrol;

import io.coxswain.api.flowcontrol.FlowSchema;
import io.coxswain.api.flowcontrol.PriorityLevelConfiguration;
import io.coxswain.api.flowcontrol.PriorityLevelConfiguration.LimitedPriorityLevelConfiguration;
import io.coxswain.api.schema.Resource;
import io.coxswain.apiserver.authorization.Attributes;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.base.Clock;
import io.coxswain.storage.Store;
import io.coxswain.storage.Watch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Sorts requests into flows, as the FlowSchemas and PriorityLevelConfigurations in the store say.
/// Changes count from the next request on.
public final class FlowControl implements AutoCloseable {

    private static final List<Class<? extends Resource>> SOURCES =
            List.of(FlowSchema.class, PriorityLevelConfiguration.class);

    private static final Comparator<FlowSchema> BY_PRECEDENCE =
            Comparator.<FlowSchema>comparingInt(schema -> schema.spec().matchingPrecedence())
                    .thenComparing(schema -> schema.metadata().name());

    private final Store store;
    private final Catalog catalog;
    private final Clock clock;
    private final int seats;
    private final Lending lending = new Lending();
    private final AtomicBoolean stale = new AtomicBoolean();
    private final List<Watch> watches = new ArrayList<>();
    private volatile Plan plan = new Plan(List.of(), Map.of());

    /// @param seats how many requests may run at once, exempt ones aside
    public FlowControl(Store store, Catalog catalog, Clock clock, int seats) {
        this.store = store;
        this.catalog = catalog;
        this.clock = clock;
        this.seats = seats;
    }

    private record Plan(List<FlowSchema> schemas, Map<String, Level> levels) {}

    /// Starts to follow the store. Before, nothing is limited.
    public void start() {
        var revision = store.snapshot().revision();
        for (var type : SOURCES) {
            var resource = catalog.of(type).kind().groupResource();
            watches.add(store.watch(resource, revision, () -> stale.set(true)));
        }
        stale.set(true);
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }

    /// The flow of a request; null where no schema is about it, which the standard ones exclude.
    @Nullable Flow flow(Attributes request) {
        var now = current();
        for (var schema : now.schemas) {
            if (Matching.matches(schema, request)) {
                var level = now.levels.get(schema.spec().priorityLevelConfiguration().name());
                if (level != null) {
                    var meta = schema.metadata();
                    return new Flow(meta.name(), meta.uid(), level, part(schema, request));
                }
            }
        }
        return null;
    }

    /// Every level, for metrics.
    Collection<Level> levels() {
        return current().levels.values();
    }

    private static String part(FlowSchema schema, Attributes request) {
        var method = schema.spec().distinguisherMethod();
        if (method == null) {
            return "";
        }
        return method.type().equals("ByUser") ? request.user().name() : request.namespace();
    }

    private Plan current() {
        if (stale.compareAndSet(true, false)) {
            refresh();
        }
        return plan;
    }

    private synchronized void refresh() {
        var snapshot = store.snapshot();
        var schemas = new ArrayList<>(catalog.all(snapshot, FlowSchema.class));
        schemas.sort(BY_PRECEDENCE);
        var configured = catalog.all(snapshot, PriorityLevelConfiguration.class);
        var shares = configured.stream().mapToInt(FlowControl::shares).sum();
        var levels = new LinkedHashMap<String, Level>();
        for (var each : configured) {
            var settings = settings(each, Math.max(1, shares));
            var known = plan.levels.get(settings.name());
            if (known != null && Objects.equals(known.settings().queues(), settings.queues())) {
                known.set(settings);
                levels.put(settings.name(), known);
            } else {
                levels.put(settings.name(), new Level(settings, lending, clock));
            }
        }
        lending.among(levels.values());
        plan = new Plan(List.copyOf(schemas), levels);
    }

    private static int shares(PriorityLevelConfiguration level) {
        var limited = level.spec().limited();
        var shares = limited == null ? null : limited.nominalConcurrencyShares();
        return shares == null ? 0 : shares;
    }

    private Level.Settings settings(PriorityLevelConfiguration level, int allShares) {
        var meta = level.metadata();
        var limited = level.spec().limited();
        if (limited == null || level.spec().type().equals("Exempt")) {
            return new Level.Settings(meta.name(), meta.uid(), 0, 0, 0, null);
        }
        var own = Math.max(1, Math.ceilDiv(seats * shares(level), allShares));
        return new Level.Settings(
                meta.name(),
                meta.uid(),
                own,
                percent(own, limited.lendablePercent(), 0),
                percent(own, limited.borrowingLimitPercent(), -1),
                queues(limited));
    }

    private static int percent(int seats, @Nullable Integer percent, int standard) {
        return percent == null ? standard : Math.toIntExact(Math.round(seats * percent / 100.0));
    }

    private static Level.@Nullable Queuing queues(LimitedPriorityLevelConfiguration limited) {
        var queuing = limited.limitResponse().queuing();
        return queuing == null || !limited.limitResponse().type().equals("Queue")
                ? null
                : new Level.Queuing(
                        queuing.queues(), queuing.handSize(), queuing.queueLengthLimit());
    }
}
