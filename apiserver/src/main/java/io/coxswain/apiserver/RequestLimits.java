package io.coxswain.apiserver;

import java.time.Duration;

/// How much a server does at once, and how long it takes for a request at most.
///
/// @param readingMax how many reading requests are answered at once
/// @param mutatingMax how many changing ones; priority and fairness shares out the sum of both
/// @param timeout for any request that does not go on for long by its nature
/// @param watchTimeoutMin a watch that does not say how long lasts up to twice as long as this
/// @param streamsMax how many requests of one HTTP/2 connection are answered at once
/// @param goAwayChance how likely a request asks its client for a new HTTP/2 connection
public record RequestLimits(
        int readingMax,
        int mutatingMax,
        Duration timeout,
        Duration watchTimeoutMin,
        int streamsMax,
        double goAwayChance) {

    public static final RequestLimits DEFAULT =
            new RequestLimits(400, 200, Duration.ofSeconds(60), Duration.ofMinutes(30), 100, 0);

    int together() {
        return readingMax + mutatingMax;
    }
}
