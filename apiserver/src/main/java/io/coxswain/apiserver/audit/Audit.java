package io.coxswain.apiserver.audit;

import io.coxswain.apiserver.metrics.Exposition;
import io.coxswain.base.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// Whether and where requests are written down.
public final class Audit implements AutoCloseable {

    private final AuditPolicy policy;
    private final AuditSink sink;
    private final Clock clock;
    private final LongAdder events = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final Map<AuditLevel, LongAdder> levels = new EnumMap<>(AuditLevel.class);

    public Audit(AuditPolicy policy, AuditSink sink, Clock clock) {
        this.policy = policy;
        this.sink = sink;
        this.clock = clock;
        for (var level : AuditLevel.values()) {
            levels.put(level, new LongAdder());
        }
    }

    AuditPolicy policy() {
        return policy;
    }

    Clock clock() {
        return clock;
    }

    void count(AuditLevel level) {
        Objects.requireNonNull(levels.get(level)).increment();
    }

    void reject() {
        rejected.increment();
    }

    boolean write(AuditEvent event) {
        events.increment();
        return sink.accept(List.of(event));
    }

    public void write(Exposition out) {
        out.single("apiserver_audit_event_total", "counter", "Audit events made", events.sum());
        out.family("apiserver_audit_level_total", "counter", "Requests by their audit level");
        for (var level : AuditLevel.values()) {
            out.sample(
                    "apiserver_audit_level_total",
                    "level=\"" + level + "\"",
                    Objects.requireNonNull(levels.get(level)).sum());
        }
        out.single(
                "apiserver_audit_requests_rejected_total",
                "counter",
                "Requests refused because they could not be written down",
                rejected.sum());
    }

    @Override
    public void close() {
        sink.close();
    }
}
