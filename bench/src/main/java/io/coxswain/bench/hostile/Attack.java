package io.coxswain.bench.hostile;

import io.coxswain.base.Clock;
import io.coxswain.client.Client;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;

/// Something that many connections do at a time, each again and again.
///
/// @param every how often each begins, at most
record Attack(String what, int connections, Duration every, Step step) {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final int LARGE_BYTES = (3 << 20) - 100;
    private static final Duration DRIP = Duration.ofMillis(500);

    /// Below the number at which the server closes the connection.
    private static final int RESETS = 900;

    static final int STREAMS = 100;
    static final int STALLED_CONNECTIONS = 10;

    static final List<Attack> ALL =
            List.of(
                    new Attack("500 slow-loris connections", 500, Duration.ZERO, Attack::drip),
                    new Attack(
                            "9,000 streams a second reset at once",
                            10,
                            Duration.ofSeconds(1),
                            Attack::reset),
                    new Attack(
                            "8 bodies a second of 3 MB of garbage",
                            2,
                            Duration.ofMillis(250),
                            (victim, on) -> post(victim, "x".repeat(LARGE_BYTES))),
                    new Attack(
                            "8 bodies a second of 3 MB of brackets",
                            2,
                            Duration.ofMillis(250),
                            (victim, on) -> post(victim, "{\"data\":" + "[".repeat(LARGE_BYTES))),
                    new Attack(
                            "20 heads a second of 10,000 fields",
                            5,
                            Duration.ofMillis(250),
                            Attack::manyFields),
                    new Attack(
                            "1,000 watchers that do not read",
                            STALLED_CONNECTIONS,
                            Duration.ZERO,
                            Attack::stall));

    /// Who is attacked, and how to get there.
    record Victim(URI server, SSLContext tls, Client client) {}

    /// One round of one connection.
    @FunctionalInterface
    interface Step {
        void run(Victim victim, BooleanSupplier goesOn) throws IOException;
    }

    /// Attacks on threads of its own for as long as `goesOn`.
    void begin(Victim victim, BooleanSupplier goesOn) {
        for (var i = 0; i < connections; i++) {
            Thread.ofVirtual().start(() -> attack(victim, goesOn));
        }
    }

    private void attack(Victim victim, BooleanSupplier goesOn) {
        while (goesOn.getAsBoolean()) {
            var began = Clock.SYSTEM.nanos();
            try {
                step.run(victim, goesOn);
            } catch (IOException | RuntimeException refused) {
                // As it should be.
            }
            LockSupport.parkNanos(began + every.toNanos() - Clock.SYSTEM.nanos());
        }
    }

    private static void drip(Victim victim, BooleanSupplier goesOn) throws IOException {
        try (var wire = Wire.http1(victim)) {
            wire.send("GET /version HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
            while (goesOn.getAsBoolean()) {
                wire.send("a");
                LockSupport.parkNanos(DRIP.toNanos());
            }
        }
    }

    private static void reset(Victim victim, BooleanSupplier goesOn) throws IOException {
        try (var wire = Wire.http2(victim)) {
            for (var i = 0; i < RESETS && goesOn.getAsBoolean(); i++) {
                wire.send(Wire.getAndReset(2 * i + 1, "/version"));
            }
        }
    }

    private static void post(Victim victim, String body) {
        victim.client()
                .send(Request.of("POST", MAPS).withBody("application/json", Payload.of(body)));
    }

    private static void manyFields(Victim victim, BooleanSupplier goesOn) throws IOException {
        try (var wire = Wire.http1(victim)) {
            wire.send("GET /version HTTP/1.1\r\nHost: localhost\r\n");
            wire.send(
                    IntStream.range(0, 10_000)
                            .mapToObj(i -> "X-Field-" + i + ": v\r\n")
                            .collect(Collectors.joining()));
            wire.send("\r\n");
            while (wire.read() >= 0) {
                // Until the server has had enough.
            }
        }
    }

    private static void stall(Victim victim, BooleanSupplier goesOn) throws IOException {
        try (var wire = Wire.http2(victim)) {
            for (var i = 0; i < STREAMS; i++) {
                wire.send(Wire.get(2 * i + 1, MAPS + "?watch=true"));
            }
            while (goesOn.getAsBoolean()) {
                LockSupport.parkNanos(DRIP.toNanos());
            }
        }
    }
}
