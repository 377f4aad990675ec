package io.coxswain.apiserver.flowcontrol;

import io.coxswain.apiserver.metrics.Exposition;
import java.util.function.ToDoubleFunction;

/// Shows the priority levels at work to `/metrics` and `/debug/api_priority_and_fairness`.
public record FlowMetrics(FlowControl control) {

    private static final String PREFIX = "apiserver_flowcontrol_";

    public void write(Exposition out) {
        gauge(
                out,
                "nominal_limit_seats",
                "Seats of a level by itself",
                one -> one.settings().seats());
        gauge(out, "current_executing_seats", "Seats taken", Level::executing);
        gauge(out, "current_inqueue_requests", "Requests that wait", Level::waiting);
        counter(
                out,
                "dispatched_requests_total",
                "Requests let through",
                one -> one.dispatched.sum());
        counter(out, "rejected_requests_total", "Requests turned away", one -> one.rejected.sum());
    }

    /// As upstream's dump of priority levels: comma-separated, one line each.
    public String dump() {
        var text =
                new StringBuilder(
                        "PriorityLevelName, ActiveQueues, IsIdle, IsQuiescing,"
                                + " WaitingRequests, ExecutingRequests, DispatchedRequests,"
                                + " RejectedRequests\n");
        for (var level : control.levels()) {
            var idle = level.executing() == 0 && level.waiting() == 0;
            text.append(
                    String.join(
                            ", ",
                            level.settings().name(),
                            Integer.toString(Math.min(1, level.waiting())),
                            Boolean.toString(idle),
                            "false",
                            Integer.toString(level.waiting()),
                            Integer.toString(level.executing()),
                            Long.toString(level.dispatched.sum()),
                            Long.toString(level.rejected.sum())));
            text.append('\n');
        }
        return text.toString();
    }

    private void gauge(Exposition out, String name, String help, ToDoubleFunction<Level> value) {
        out.family(PREFIX + name, "gauge", help);
        all(out, name, value);
    }

    private void counter(Exposition out, String name, String help, ToDoubleFunction<Level> value) {
        out.family(PREFIX + name, "counter", help);
        all(out, name, value);
    }

    private void all(Exposition out, String name, ToDoubleFunction<Level> value) {
        for (var level : control.levels()) {
            var labels = "priority_level=\"" + level.settings().name() + "\"";
            out.sample(PREFIX + name, labels, value.applyAsDouble(level));
        }
    }
}
