package io.coxswain.cli.commands.node;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.ApiError;
import io.coxswain.cli.Failures;
import io.coxswain.cli.Session;
import io.coxswain.cli.commands.Deleter;
import io.coxswain.cli.output.DryRun;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Query;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Evicts pods and waits until they are gone. A disruption budget may say "later": then again,
/// every five seconds.
final class Eviction {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Session session;
    private final int gracePeriod;
    private final boolean deletes;
    private final Duration timeout;

    /// @param gracePeriod in seconds; negative: the pod's own
    /// @param deletes whether disruption budgets are passed over
    Eviction(Session session, int gracePeriod, boolean deletes, Duration timeout) {
        this.session = session;
        this.gracePeriod = gracePeriod;
        this.deletes = deletes;
        this.timeout = timeout;
    }

    void evict(List<Target> pods) throws IOException {
        var deadline = timeout.isZero() ? Instant.MAX : session.clock().now().plus(timeout);
        var gone = new ArrayList<Deleter.Deleted>();
        for (var pod : pods) {
            var verb = deletes ? "deleting" : "evicting";
            session.err().println(verb + " pod " + pod.namespace() + "/" + pod.name());
        }
        for (var pod : pods) {
            if (asked(pod, deadline)) {
                gone.add(new Deleter.Deleted(pod, Trees.text(pod.object(), "metadata.uid")));
            }
        }
        var options = new Deleter.Options(DryRun.NONE, gracePeriod, "", true, false, false);
        for (var pod : gone) {
            new Deleter(session, options).awaitGone(List.of(pod), timeout);
            var done = deletes ? " deleted" : " evicted";
            session.out().println("pod/" + pod.target().name() + done);
        }
    }

    /// False for a pod that is not there any more.
    private boolean asked(Target pod, Instant deadline) {
        while (true) {
            try {
                send(pod);
                return true;
            } catch (ApiError e) {
                if (e.notFound()) {
                    return false;
                }
                var late = session.clock().now().plus(PAUSE).isAfter(deadline);
                if (e.code() != 429 || late) {
                    throw failed(pod, e.status().message());
                }
                session.err()
                        .println(
                                "error when evicting pods/\"%s\" -n \"%s\" (will retry after 5s): %s"
                                        .formatted(
                                                pod.name(), pod.namespace(), e.status().message()));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static Failures failed(Target pod, String why) {
        return Failures.bare(
                "error when evicting pods/\"%s\" -n \"%s\": %s"
                        .formatted(pod.name(), pod.namespace(), why));
    }

    private void send(Target pod) {
        var options = gracePeriod < 0 ? Json.EMPTY : Trees.of("gracePeriodSeconds", gracePeriod);
        if (deletes) {
            session.server().delete(pod.path(), options);
            return;
        }
        var eviction =
                Trees.of(
                        "apiVersion",
                        "policy/v1",
                        "kind",
                        "Eviction",
                        "metadata",
                        Trees.of("name", pod.name(), "namespace", pod.namespace()),
                        "deleteOptions",
                        options);
        session.server().post(pod.path() + "/eviction", Query.EMPTY, eviction);
    }
}
