package io.coxswain.cluster.commands;

import io.coxswain.apiserver.RequestLimits;
import io.coxswain.base.flags.Flag;
import io.coxswain.cluster.StartupException;
import java.time.Duration;

/// The flags of what an API server does at most.
record LimitFlags(
        @Flag(value = "How many reading requests are answered at once", def = "400")
                int maxRequestsInflight,
        @Flag(value = "How many changing requests are answered at once", def = "200")
                int maxMutatingRequestsInflight,
        @Flag(value = "How long a request may take that is no watch or stream", def = "1m0s")
                Duration requestTimeout,
        @Flag(value = "How many seconds a watch lasts at least", def = "1800")
                int minRequestTimeout,
        @Flag(
                        value = "Requests of one HTTP/2 connection answered at once; 0 for 100",
                        name = "http2-max-streams-per-connection",
                        def = "0")
                int http2MaxStreams,
        @Flag(value = "How likely a request asks for a new HTTP/2 connection, to 0.02", def = "0")
                String goawayChance) {

    private static final double GOAWAY_CHANCE_MAX = 0.02;

    RequestLimits limits() {
        atLeastZero("max-requests-inflight", maxRequestsInflight);
        atLeastZero("max-mutating-requests-inflight", maxMutatingRequestsInflight);
        if (maxRequestsInflight + maxMutatingRequestsInflight <= 0) {
            throw new StartupException(
                    "--max-requests-inflight and --max-mutating-requests-inflight must not both be"
                            + " 0");
        }
        if (!requestTimeout.isPositive()) {
            throw new StartupException("--request-timeout can not be negative value");
        }
        if (minRequestTimeout <= 0) {
            throw new StartupException("--min-request-timeout can not be negative value");
        }
        atLeastZero("http2-max-streams-per-connection", http2MaxStreams);
        return new RequestLimits(
                maxRequestsInflight,
                maxMutatingRequestsInflight,
                requestTimeout,
                Duration.ofSeconds(minRequestTimeout),
                http2MaxStreams == 0 ? RequestLimits.DEFAULT.streamsMax() : http2MaxStreams,
                chance());
    }

    private static void atLeastZero(String flag, int value) {
        if (value < 0) {
            throw new StartupException("--" + flag + " can not be negative value");
        }
    }

    private double chance() {
        try {
            var chance = Double.parseDouble(goawayChance);
            if (chance >= 0 && chance <= GOAWAY_CHANCE_MAX) {
                return chance;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new StartupException("--goaway-chance can not be less than 0 or greater than 0.02");
    }
}
