package io.coxswain.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FailoverTransportTest {

    private final List<String> asked = new ArrayList<>();

    /// A server that answers, or fails in this way.
    private Transport server(String name, @Nullable IOException failure) {
        var answers = new DirectClient(request -> Response.text(200, name), null);
        return request -> {
            asked.add(name);
            if (failure != null) {
                throw new UncheckedIOException(failure);
            }
            return answers.open(request);
        };
    }

    @Test
    void staysWithTheServerThatAnswers() {
        var both = new FailoverTransport(List.of(server("a", null), server("b", null)));

        both.send(Request.get("/1"));
        both.send(Request.get("/2"));

        assertThat(asked).containsExactly("a", "a");
    }

    @Test
    void movesOnFromAServerThatCannotBeReached() {
        var dead = server("a", new ConnectException("refused"));
        var both = new FailoverTransport(List.of(dead, server("b", null)));

        both.send(Request.of("POST", "/1"));
        both.send(Request.of("POST", "/2"));

        assertThat(asked).containsExactly("a", "b", "b");
    }

    @Test
    void aWriteThatMayHaveHappenedIsNotSentElsewhere() {
        var broken = server("a", new IOException("reset"));
        var both = new FailoverTransport(List.of(broken, server("b", null)));

        assertThatThrownBy(() -> both.send(Request.of("POST", "/1")))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(asked).containsExactly("a");
        assertThat(both.send(Request.of("POST", "/2")).status()).isEqualTo(200);
    }

    @Test
    void aReadIsAndSoIsAWriteThatCertainlyDidNotHappen() {
        var broken = server("a", new IOException("reset"));
        var refusing = server("a", new UnprocessedException("going away"));

        new FailoverTransport(List.of(broken, server("b", null))).send(Request.get("/1"));
        new FailoverTransport(List.of(refusing, server("b", null))).send(Request.of("PATCH", "/2"));

        assertThat(asked).containsExactly("a", "b", "a", "b");
    }

    @Test
    void whenNobodyAnswersTheFailureIsTheCallers() {
        var dead = server("a", new ConnectException("refused"));

        assertThatThrownBy(() -> new FailoverTransport(List.of(dead)).send(Request.get("/")))
                .hasCauseInstanceOf(ConnectException.class);
        assertThat(asked).hasSizeLessThan(5);
    }
}
