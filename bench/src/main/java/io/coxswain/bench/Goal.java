package io.coxswain.bench;

/// What an operation is wished to reach.
///
/// @param perSecond 0 for no wish
/// @param cpuMicros of the server, for each
record Goal(int perSecond, int cpuMicros) {

    /// `goal 25,000/s, 40 µs NOT met`
    String judge(Cost cost) {
        var met = cost.perSecond() >= perSecond && cost.cpuMicros() <= cpuMicros;
        var rate = perSecond == 0 ? "" : "%,d/s, ".formatted(perSecond);
        return "goal %s%d µs %s".formatted(rate, cpuMicros, met ? "met" : "NOT met");
    }
}
