package io.coxswain.http.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.http.Duplex;
import java.io.InputStream;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PipesTest {

    private final MemoryDuplex.Pair left = MemoryDuplex.pair();
    private final MemoryDuplex.Pair right = MemoryDuplex.pair();

    private Thread join(Duplex a, Duplex b) {
        return Thread.ofVirtual().start(() -> Pipes.join(a, b));
    }

    @Test
    void theEndOfOneDirectionLeavesTheOther() throws Exception {
        var pipe = join(left.server(), right.client());
        left.client().output().write("ask".getBytes(UTF_8));
        left.client().closeOutput();

        assertThat(right.server().input().readAllBytes()).asString(UTF_8).isEqualTo("ask");
        right.server().output().write("answer".getBytes(UTF_8));
        right.server().closeOutput();

        assertThat(left.client().input().readAllBytes()).asString(UTF_8).isEqualTo("answer");
        pipe.join();
        assertThat(left.server().closed()).isTrue();
        assertThat(right.client().closed()).isTrue();
    }

    @Test
    void anEndThatCannotBePassedOnEndsEverything() throws Exception {
        var pipe = join(left.server(), new Whole(right.client()));
        left.client().closeOutput();

        pipe.join();
        assertThat(right.client().closed()).isTrue();
    }

    @Test
    void aSideThatBreaksClosesTheOther() throws Exception {
        var pipe = join(left.server(), right.client());
        left.client().output().write(1);
        left.server().close();

        pipe.join();
        assertThat(right.client().closed()).isTrue();
    }

    private record Whole(MemoryDuplex inner) implements Duplex {
        @Override
        public InputStream input() {
            return inner.input();
        }

        @Override
        public OutputStream output() {
            return inner.output();
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
