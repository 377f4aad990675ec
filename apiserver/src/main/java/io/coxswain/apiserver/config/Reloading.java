package io.coxswain.apiserver.config;

import io.coxswain.apiserver.metrics.Exposition;
import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a file says, kept up to date while the server runs. A file that becomes unreadable or wrong
/// changes nothing: what it said before stays.
public final class Reloading<T> implements Loop {

    private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final String what;
    private final Path file;
    private final Function<String, T> parse;
    private final Clock clock;
    private String text;
    private volatile T current;
    private final LongAdder good = new LongAdder();
    private final LongAdder bad = new LongAdder();
    private volatile long last;

    /// Reads the file a first time; throws what `parse` throws.
    ///
    /// @param what it configures: `authentication`, `authorization`; in logs and metrics
    public Reloading(String what, Path file, Function<String, T> parse, Clock clock) {
        this.what = what;
        this.file = file;
        this.parse = parse;
        this.clock = clock;
        this.text = ConfigurationFile.text(file);
        this.current = parse.apply(text);
    }

    public T current() {
        return current;
    }

    @Override
    public Next runOnce() {
        try {
            var now = Files.readString(file);
            if (!now.equals(text)) {
                text = now;
                current = parse.apply(now);
                good.increment();
                last = clock.now().getEpochSecond();
                LOG.info("{} configuration was read again from {}", what, file);
            }
        } catch (IOException | IllegalArgumentException e) {
            bad.increment();
            LOG.error(
                    "{} configuration {} is not used, the one before stays: {}",
                    what,
                    file,
                    e.getMessage());
        }
        return Next.in(clock, INTERVAL);
    }

    public void write(Exposition out) {
        var name = "apiserver_" + what + "_config_controller_";
        var total = name + "automatic_reloads_total";
        out.family(total, "counter", "Changes of the configuration file");
        out.sample(total, "status=\"success\"", good.sum());
        out.sample(total, "status=\"failure\"", bad.sum());
        out.single(
                name + "automatic_reload_last_timestamp_seconds",
                "gauge",
                "When the file was last taken over",
                last);
    }
}
