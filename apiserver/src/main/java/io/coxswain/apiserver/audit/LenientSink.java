package io.coxswain.apiserver.audit;

import java.util.List;

/// Lets requests go on whose events were lost (mode `blocking`; without it `blocking-strict`).
public record LenientSink(AuditSink sink) implements AuditSink {

    @Override
    public boolean accept(List<AuditEvent> events) {
        var _ = sink.accept(events);
        return true;
    }

    @Override
    public void close() {
        sink.close();
    }
}
