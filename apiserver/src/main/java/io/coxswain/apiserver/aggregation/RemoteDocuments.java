package io.coxswain.apiserver.aggregation;

import io.coxswain.api.apiregistration.APIService;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.apiserver.User;
import io.coxswain.base.Clock;
import io.coxswain.http.Request;
import io.coxswain.http.Transport;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the servers behind APIServices publish about their schemas, as they said when they were
/// last asked.
public final class RemoteDocuments {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteDocuments.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final User SELF = User.of("system:aggregator", User.MASTERS);

    /// @param version2 the whole document; empty when there is none
    /// @param version3 the index: where the document of each path is
    private record Known(
            APIService service, Instant asked, Json.Obj version2, Map<String, Json> version3) {

        boolean sameAs(@Nullable Known other) {
            return other != null
                    && version2.equals(other.version2)
                    && service.spec().equals(other.service.spec());
        }
    }

    /// One group version and the document that has it, among others perhaps.
    public record Version2(String group, String version, Json.Obj document) {}

    private final Map<String, Known> byName = new ConcurrentHashMap<>();
    private volatile List<Version2> version2 = List.of();

    /// Asks a server, unless that was done less than a minute ago.
    void ask(APIService service, Transport transport, Clock clock) {
        var known = byName.get(service.name());
        var now = clock.now();
        if (known != null
                && known.service.spec().equals(service.spec())
                && now.isBefore(known.asked.plus(EVERY))) {
            return;
        }
        var index = fetched(transport, "/openapi/v3").object("paths").fields();
        var fresh = new Known(service, now, fetched(transport, "/openapi/v2"), index);
        byName.put(service.name(), fresh);
        if (!fresh.sameAs(known)) {
            refresh();
        }
    }

    /// Forgets all others.
    void keep(Collection<String> names) {
        if (byName.keySet().retainAll(names)) {
            refresh();
        }
    }

    private void refresh() {
        version2 =
                byName.values().stream()
                        .filter(known -> !known.version2.fields().isEmpty())
                        .sorted(Comparator.comparing(known -> known.service.name()))
                        .map(known ->
                                new Version2(
                                        known.service.spec().group(),
                                        known.service.spec().version(),
                                        known.version2))
                        .toList();
    }

    /// What is published as OpenAPI 2.0; the same list as long as nothing changes.
    public List<Version2> version2() {
        return version2;
    }

    /// Where documents in OpenAPI 3.0 are, by path.
    public Map<String, Json> version3() {
        var all = new TreeMap<String, Json>();
        byName.values().forEach(known -> all.putAll(known.version3));
        return all;
    }

    /// The server that has the OpenAPI 3.0 document of a path, or null.
    public @Nullable APIService behind(String path) {
        for (var known : byName.values()) {
            if (known.version3.containsKey(path)) {
                return known.service;
            }
        }
        return null;
    }

    /// A document; empty when the server has none that can be read.
    private static Json.Obj fetched(Transport transport, String path) {
        var headers = Aggregator.identity(SELF).with("accept", "application/json");
        try {
            var answer = transport.open(Request.get(path).withHeaders(headers)).full();
            return answer.status() == 200
                    ? JsonReader.readObject(answer.body().bytes())
                    : Json.EMPTY;
        } catch (UncheckedIOException | DecodeError e) {
            LOG.debug("no {}", path, e);
            return Json.EMPTY;
        }
    }
}
