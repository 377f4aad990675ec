package io.coxswain.apiserver.audit;

import java.util.List;

/// Takes audit events.
public interface AuditSink extends AutoCloseable {

    /// Whether the events are safe. What could not be kept was counted and logged by the sink.
    boolean accept(List<AuditEvent> events);

    /// Events that are still held go out first.
    @Override
    void close();
}
