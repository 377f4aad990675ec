package io.coxswain.apiserver.admission.optional;

import io.coxswain.api.core.Event;
import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.AdmissionRequest.Operation;
import io.coxswain.base.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Takes only so many events: from everybody together, in a namespace, from a user, or about one
/// thing from one source.
public final class EventRateLimit implements AdmissionPlugin {

    private static final int KEYS = 4096;

    private final Clock clock;
    private final List<Limit> limits;

    /// Throws [IllegalArgumentException] for a configuration that makes no sense.
    public EventRateLimit(Clock clock, Json.Obj configuration) {
        this.clock = clock;
        var all = new ArrayList<Limit>();
        for (var item : configuration.items("limits")) {
            if (item instanceof Json.Obj limit) {
                all.add(
                        new Limit(
                                limit.text("type"),
                                number(limit, "qps"),
                                number(limit, "burst"),
                                number(limit, "cacheSize")));
            }
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException("limits: Invalid value: []: must not be empty");
        }
        this.limits = List.copyOf(all);
    }

    private static int number(Json.Obj tree, String name) {
        return tree.get(name) instanceof Json.Int(var number) ? (int) number : 0;
    }

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        var writes =
                request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
        if (!writes || !(object instanceof Event event) || request.dryRun()) {
            return;
        }
        var problems = new ArrayList<String>();
        for (var limit : limits) {
            var key = limit.key(request, event);
            if (!limit.take(key, clock.nanos())) {
                problems.add("limit reached on type " + limit.type + " for key " + key);
            }
        }
        if (!problems.isEmpty()) {
            var all = String.join(", ", problems);
            throw Errors.tooManyRequests(problems.size() == 1 ? all : "[" + all + "]", 0);
        }
    }

    /// A bucket for each key, refilled as time goes by; those used last are kept.
    private static final class Limit {
        private final String type;
        private final double qps;
        private final int burst;
        private final Map<String, double[]> buckets;

        Limit(String type, int qps, int burst, int keys) {
            if (!List.of("Server", "Namespace", "User", "SourceAndObject").contains(type)) {
                throw new IllegalArgumentException(
                        "limits.type: Unsupported value: \"" + type + "\"");
            }
            if (qps <= 0 || burst <= 0) {
                throw new IllegalArgumentException("limits: qps and burst must be positive");
            }
            this.type = type;
            this.qps = qps;
            this.burst = burst;
            var most = keys <= 0 ? KEYS : keys;
            this.buckets =
                    new LinkedHashMap<>(16, 0.75f, true) {
                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, double[]> eldest) {
                            return size() > most;
                        }
                    };
        }

        String key(AdmissionRequest<?> request, Event event) {
            var about = event.involvedObject();
            return switch (type) {
                case "Namespace" -> request.namespace();
                case "User" -> request.user().name();
                case "SourceAndObject" ->
                        String.join(
                                "",
                                event.source().component(),
                                event.source().host(),
                                about.kind(),
                                about.namespace(),
                                about.name(),
                                about.uid(),
                                about.apiVersion());
                default -> "";
            };
        }

        /// A bucket is what is in it, and when that was.
        synchronized boolean take(String key, long nanos) {
            var bucket = buckets.computeIfAbsent(key, any -> new double[] {burst, nanos});
            bucket[0] = Math.min(burst, bucket[0] + (nanos - bucket[1]) / 1e9 * qps);
            bucket[1] = nanos;
            if (bucket[0] < 1) {
                return false;
            }
            bucket[0]--;
            return true;
        }
    }
}
