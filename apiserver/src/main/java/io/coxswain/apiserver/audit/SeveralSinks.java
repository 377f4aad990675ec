package io.coxswain.apiserver.audit;

import java.util.List;

/// Tells every one of several sinks.
public record SeveralSinks(List<AuditSink> sinks) implements AuditSink {

    @Override
    public boolean accept(List<AuditEvent> events) {
        var safe = true;
        for (var sink : sinks) {
            safe &= sink.accept(events);
        }
        return safe;
    }

    @Override
    public void close() {
        sinks.forEach(AuditSink::close);
    }
}
