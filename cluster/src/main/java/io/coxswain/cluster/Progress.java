package io.coxswain.cluster;

import io.coxswain.base.Clock;
import java.io.PrintStream;
import java.util.Locale;

/// Tells the user what start-up is doing and where the time goes.
public final class Progress {

    private final PrintStream out;
    private final Clock clock;
    private final long started;
    private long last;

    public Progress(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
        this.started = clock.nanos();
        this.last = started;
    }

    /// Says that a step is over, and how long it took.
    public synchronized void done(String step) {
        var now = clock.nanos();
        out.printf(Locale.ROOT, "  %-48s %6d ms%n", step, (now - last) / 1_000_000);
        last = now;
    }

    public void say(String text) {
        out.println(text);
    }

    /// Seconds since the start.
    public double seconds() {
        return (clock.nanos() - started) / 1e9;
    }
}
