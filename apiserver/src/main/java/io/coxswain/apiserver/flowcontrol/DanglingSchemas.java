package io.coxswain.apiserver.flowcontrol;

import io.coxswain.api.flowcontrol.FlowSchema;
import io.coxswain.api.flowcontrol.FlowSchema.FlowSchemaCondition;
import io.coxswain.api.flowcontrol.PriorityLevelConfiguration;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.http.Handler;
import io.coxswain.http.Payload;
import io.coxswain.http.Peer;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import io.coxswain.storage.Store;
import io.coxswain.storage.Watch;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says of every FlowSchema whether the priority level that it names exists: its condition
/// `Dangling`.
public final class DanglingSchemas implements Loop, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DanglingSchemas.class);
    private static final User SELF = User.of("system:apiserver", User.MASTERS);
    private static final String MANAGER = "api-priority-and-fairness-config-consumer-v1";
    private static final String TYPE = "Dangling";
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Store store;
    private final Catalog catalog;
    private final Clock clock;
    private final Handler server;
    private final List<Watch> watches = new ArrayList<>();

    /// @param server takes what is found out
    public DanglingSchemas(Store store, Catalog catalog, Clock clock, Handler server) {
        this.store = store;
        this.catalog = catalog;
        this.clock = clock;
        this.server = server;
    }

    /// Runs `wakeUp` whenever a schema or a level changes.
    public void follow(Runnable wakeUp) {
        for (var type : List.of(FlowSchema.class, PriorityLevelConfiguration.class)) {
            var resource = catalog.of(type).kind().groupResource();
            watches.add(store.watch(resource, store.snapshot().revision(), wakeUp));
        }
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }

    @Override
    public Next runOnce() {
        var snapshot = store.snapshot();
        var levels =
                catalog.all(snapshot, PriorityLevelConfiguration.class).stream()
                        .map(PriorityLevelConfiguration::name)
                        .collect(Collectors.toSet());
        var failed = false;
        for (var schema : catalog.all(snapshot, FlowSchema.class)) {
            var wanted = verdict(schema, levels);
            if (schema.status().conditions().stream().noneMatch(wanted::isSaidBy)) {
                failed |= !say(schema, wanted);
            }
        }
        return failed ? Next.in(clock, PATIENCE) : Next.WHEN_WOKEN;
    }

    private record Verdict(String status, String reason, String message) {
        boolean isSaidBy(FlowSchemaCondition condition) {
            return condition.type().equals(TYPE)
                    && condition.status().equals(status)
                    && condition.reason().equals(reason)
                    && condition.message().equals(message);
        }
    }

    private static Verdict verdict(FlowSchema schema, Set<String> levels) {
        var level = schema.spec().priorityLevelConfiguration().name();
        var names =
                "This FlowSchema references the PriorityLevelConfiguration object named \""
                        + level
                        + "\" ";
        return levels.contains(level)
                ? new Verdict("False", "Found", names + "and it exists")
                : new Verdict("True", "NotFound", names + "but there is no such object");
    }

    private boolean say(FlowSchema schema, Verdict verdict) {
        var since =
                schema.status().conditions().stream()
                        .filter(condition -> condition.type().equals(TYPE))
                        .filter(condition -> condition.status().equals(verdict.status))
                        .map(FlowSchemaCondition::lastTransitionTime)
                        .findFirst()
                        .orElseGet(() -> clock.now().truncatedTo(ChronoUnit.SECONDS));
        var condition = new LinkedHashMap<String, Json>();
        condition.put("type", Json.of(TYPE));
        condition.put("status", Json.of(verdict.status));
        condition.put("lastTransitionTime", Json.of(String.valueOf(since)));
        condition.put("reason", Json.of(verdict.reason));
        condition.put("message", Json.of(verdict.message));
        var kind = catalog.of(FlowSchema.class).kind();
        var object = new LinkedHashMap<String, Json>();
        object.put("apiVersion", Json.of(kind.apiVersion()));
        object.put("kind", Json.of(kind.kind()));
        object.put("metadata", Json.object(Map.of("name", Json.of(schema.name()))));
        object.put(
                "status",
                Json.object(Map.of("conditions", Json.array(List.of(new Json.Obj(condition))))));
        var request =
                Request.of("PATCH", kind.path("", schema.name()) + "/status")
                        .withQuery(Query.parse("fieldManager=" + MANAGER + "&force=true"))
                        .withPeer(Peer.inProcess(SELF))
                        .withBody(
                                "application/apply-patch+yaml",
                                Payload.of(JsonWriter.write(new Json.Obj(object))));
        var status = server.handle(request).status();
        if (status != 200 && status != 404) {
            LOG.debug("the condition of flow schema {} was refused: {}", schema.name(), status);
            return false;
        }
        return true;
    }
}
