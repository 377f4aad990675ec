package io.coxswain.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A stream in rounds, read in the process that makes it.
class RoundsTest {

    private final Script script = new Script();
    private final DirectClient client =
            new DirectClient(
                    request -> new Response.Streaming(200, Headers.EMPTY, script.producer()), null);

    @Test
    void aPollMakesARoundOnTheReadersThread() {
        var body = open();
        assertThat(body.poll()).isNull();

        script.say("one");

        assertThat(text(body.poll())).isEqualTo("one");
        assertThat(script.threads).containsOnly(Thread.currentThread());
    }

    @Test
    void theReaderHearsWhenThereIsMore() {
        var heard = new AtomicInteger();
        var body = open();
        body.onData(heard::incrementAndGet);
        var before = heard.get();

        script.say("one");

        assertThat(heard.get()).isGreaterThan(before);
    }

    @Test
    void aTakeWaitsForTheNextFrame() throws Exception {
        var body = open();
        var reader = Thread.ofVirtual();
        var taken = new ConcurrentLinkedQueue<String>();
        var thread =
                reader.start(() -> {
                    try {
                        taken.add(text(body.take()));
                    } catch (IOException e) {
                        taken.add("cut");
                    }
                });
        script.say("late");
        thread.join();

        assertThat(taken).containsExactly("late");
    }

    @Test
    void theLastRoundEndsTheBody() throws Exception {
        var body = open();
        script.say("one");
        script.say("end");

        assertThat(body.readAll(100).text()).isEqualTo("one");
        assertThat(body.ended()).isTrue();
        assertThat(script.closed).isTrue();
    }

    @Test
    void aRoundThatFailsCutsTheBody() {
        var body = open();
        script.say("fail");

        assertThat(body.poll()).isNull();
        assertThat(body.ended()).isTrue();
        assertThat(body.failure()).hasMessage("the disk is gone");
        assertThatThrownBy(body::take).hasMessage("the disk is gone");
    }

    @Test
    void aClosedBodyMakesNoMoreRounds() {
        var body = open();
        script.say("one");
        body.close();

        assertThat(body.poll()).isNull();
        assertThat(script.closed).isTrue();
    }

    private IncomingBody open() {
        return client.open(Request.get("/")).body();
    }

    private static String text(@Nullable Payload frame) {
        return frame == null ? "" : frame.text();
    }

    /// Says what it is told to.
    private static final class Script implements Rounds {
        final ArrayList<Thread> threads = new ArrayList<>();
        private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
        private volatile Runnable wakeUp = () -> {};
        volatile boolean closed;

        Rounds.Producer producer() {
            return wake -> {
                wakeUp = wake;
                return this;
            };
        }

        void say(String line) {
            lines.add(line);
            wakeUp.run();
        }

        @Override
        public @Nullable Duration next(Response.Sink sink) throws IOException {
            threads.add(Thread.currentThread());
            var line = lines.poll();
            if (line == null) {
                return Duration.ofMinutes(1);
            }
            if (line.equals("fail")) {
                throw new IOException("the disk is gone");
            }
            if (line.equals("end")) {
                return null;
            }
            sink.write(Payload.of(line));
            return Duration.ZERO;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
