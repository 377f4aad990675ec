package io.coxswain.apiserver.discovery;

import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.Statuses;
import io.coxswain.apiserver.filters.Filter;
import io.coxswain.apiserver.flowcontrol.FlowMetrics;
import io.coxswain.http.Response;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/// Serves `/debug/`: what the process is doing. Of upstream's profiles only those that a virtual
/// machine has as well.
public final class Debug {

    private final FlowMetrics flows;

    public Debug(FlowMetrics flows) {
        this.flows = flows;
    }

    public Map<String, Filter.Next> paths() {
        return Map.of(
                "/debug/pprof",
                call -> index(),
                "/debug/pprof/goroutine",
                call -> threads(),
                "/debug/pprof/threadcreate",
                call -> threads(),
                "/debug/api_priority_and_fairness/dump_priority_levels",
                call -> Response.text(200, flows.dump()),
                "/debug/",
                Debug::nothing);
    }

    private static Response nothing(Call call) {
        return Statuses.noSuchPath();
    }

    private static Response index() {
        return Response.text(200, "/debug/pprof/\n\ngoroutine\nthreadcreate\n");
    }

    private static Response threads() {
        var dump = ManagementFactory.getThreadMXBean().dumpAllThreads(false, false);
        return Response.text(
                200, Arrays.stream(dump).map(ThreadInfo::toString).collect(Collectors.joining()));
    }
}
