package io.coxswain.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.http.Duplex;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import io.coxswain.http.Rounds;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RoundStreamTest {

    private final DefaultEventExecutor loop = new DefaultEventExecutor();
    private final Queue<String> changes = new ConcurrentLinkedQueue<>();
    private final LinkedBlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
    private final RoundStream stream = new RoundStream(new Out(), new Changes(), () -> {});

    private record Sent(String text, Runnable left) {}

    @AfterEach
    void close() {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void nothingLeavesBeforeWhatWasSentHasLeft() throws Exception {
        loop.execute(stream::begin);
        happen("one");
        var first = next();
        happen("two");
        happen("three");
        loop.submit(() -> {}).get();

        assertThat(first.text()).isEqualTo("one");
        assertThat(sent).isEmpty();

        loop.execute(first.left());
        assertThat(next().text()).isEqualTo("twothree");
    }

    @Test
    void whatHappensInOneTickLeavesTogether() throws Exception {
        loop.execute(stream::begin);
        loop.submit(
                        () -> {
                            // Nothing is sent while this task runs.
                            happen("one");
                            happen("two");
                        })
                .get();
        var first = next();
        loop.execute(first.left());

        assertThat(first.text()).isEqualTo("onetwo");
    }

    @Test
    void aStreamThatIsAskedToEndSendsTheRestFirst() throws Exception {
        changes.add("x".repeat(100_000));
        changes.add("last");
        stream.askToEnd();
        loop.execute(stream::begin);
        var first = next();
        loop.execute(first.left());

        assertThat(first.text()).hasSize(100_000);
        assertThat(next().text()).isEqualTo("last");
    }

    @Test
    void nothingLeavesBeforeTheHead() throws Exception {
        var early = new RoundStream(new Out(), new Changes(), () -> {});
        changes.add("one");
        early.wake();
        loop.submit(() -> {}).get();

        assertThat(sent).isEmpty();

        loop.execute(early::begin);
        assertThat(next().text()).isEqualTo("one");
    }

    private void happen(String change) {
        changes.add(change);
        stream.wake();
    }

    private Sent next() throws InterruptedException {
        var next = sent.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private final class Changes implements Rounds.Producer {
        @Override
        public Rounds begin(Runnable wakeUp) {
            return new Rounds() {
                @Override
                public @Nullable Duration next(Response.Sink sink) throws java.io.IOException {
                    var change = changes.poll();
                    if (change == null) {
                        return Duration.ofMinutes(1);
                    }
                    sink.write(Payload.of(change));
                    return Duration.ZERO;
                }

                @Override
                public void close() {}
            };
        }
    }

    private final class Out implements Outbound {
        @Override
        public void body(ByteBuf bytes, Runnable left) {
            sent.add(new Sent(bytes.toString(StandardCharsets.UTF_8), left));
            bytes.release();
        }

        @Override
        public EventExecutor loop() {
            return loop;
        }

        @Override
        public ByteBufAllocator allocator() {
            return UnpooledByteBufAllocator.DEFAULT;
        }

        @Override
        public void full(Response.Full response) {}

        @Override
        public void head(int status, Headers headers) {}

        @Override
        public void end() {}

        @Override
        public void cut() {}

        @Override
        public Duplex upgrade(Headers headers) {
            throw new UnsupportedOperationException();
        }
    }
}
