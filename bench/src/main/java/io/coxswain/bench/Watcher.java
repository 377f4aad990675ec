package io.coxswain.bench;

import io.coxswain.client.Client;
import io.coxswain.http.Payload;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Watches ConfigMaps and notes how old each event is when it comes. It does not decode them: what
/// is measured is the server.
final class Watcher implements Response.Sink {

    /// The value in an object's data that says when it was written, in the clock's nanoseconds.
    static final String SENT = "sent";

    private static final String MARK = "\"" + SENT + "\":\"";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final List<Long> delays = new ArrayList<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Watcher(Client client, String version) {
        var request =
                Request.get("/api/v1/namespaces/default/configmaps")
                        .withQuery(Query.parse("watch=true&resourceVersion=" + version));
        if (!(client.send(request) instanceof Response.Streaming stream)) {
            throw new IllegalStateException("no stream");
        }
        Thread.ofVirtual().start(() -> follow(stream));
    }

    private void follow(Response.Streaming stream) {
        try {
            stream.producer().writeTo(this);
        } catch (IOException closed) {
            // The benchmark is over.
        }
    }

    /// Returns when so many events have come.
    synchronized void await(int events) throws InterruptedException {
        var end = Cost.CLOCK.nanos() + PATIENCE.toNanos();
        while (delays.size() < events) {
            var rest = end - Cost.CLOCK.nanos();
            Benchmark.check(rest > 0, "events seen: " + delays.size());
            wait(Math.max(1, rest / 1_000_000));
        }
        Benchmark.check(delays.size() == events, "events seen: " + delays.size());
    }

    @Override
    public void write(Payload frame) {
        for (var octet : frame.bytes()) {
            if (octet != '\n') {
                line.write(octet);
                continue;
            }
            event(line.toString(StandardCharsets.UTF_8));
            line.reset();
        }
    }

    private synchronized void event(String text) {
        var start = text.indexOf(MARK) + MARK.length();
        var sent = Long.parseLong(text, start, text.indexOf('"', start), 10);
        delays.add(Cost.CLOCK.nanos() - sent);
        notifyAll();
    }

    @Override
    public void flush() {}

    @Override
    public void onClose(Runnable callback) {}
}
