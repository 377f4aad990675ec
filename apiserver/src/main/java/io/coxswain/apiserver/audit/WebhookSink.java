package io.coxswain.apiserver.audit;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.apiserver.config.KubeconfigServer;
import io.coxswain.base.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends events to a server as an `EventList`; again, later and later, when it is not there.
public final class WebhookSink implements AuditSink {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookSink.class);
    private static final int TRIES = 5;
    private static final double GROWTH = 1.5;

    private final KubeconfigServer server;
    private final Duration backoff;
    private final Clock clock;

    /// @param backoff before the second try
    public WebhookSink(KubeconfigServer server, Duration backoff, Clock clock) {
        this.server = server;
        this.backoff = backoff;
        this.clock = clock;
    }

    @Override
    public boolean accept(List<AuditEvent> events) {
        var body = JsonWriter.write(list(events));
        var pause = backoff;
        for (var tried = 1; true; tried++) {
            try {
                server.tell(body);
                return true;
            } catch (KubeconfigServer.Failed failure) {
                if (tried == TRIES) { // Whatever it was: events are worth another try.
                    LOG.error("audit events were not delivered: {}", failure.getMessage());
                    return false;
                }
            }
            clock.pause(pause);
            pause = Duration.ofNanos((long) (pause.toNanos() * GROWTH));
        }
    }

    private static Json.Obj list(List<AuditEvent> events) {
        var items = new ArrayList<Json>();
        events.forEach(event -> items.add(event.toJson().without("kind").without("apiVersion")));
        var fields = new LinkedHashMap<String, Json>();
        fields.put("kind", Json.of("EventList"));
        fields.put("apiVersion", Json.of("audit.k8s.io/v1"));
        fields.put("metadata", Json.EMPTY);
        fields.put("items", new Json.Arr(items));
        return new Json.Obj(fields);
    }

    @Override
    public void close() {
        server.close();
    }
}
