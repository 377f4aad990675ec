package io.coxswain.http.dns;

import java.util.function.Consumer;
import java.util.function.Function;

/// Answers questions.
@FunctionalInterface
public interface DnsHandler {

    /// Gives the reply to `answer`, once: at once, or later from any thread. Called on an event
    /// loop, so it must not block.
    void handle(DnsQuestion question, Consumer<DnsReply> answer);

    /// A handler that always knows the answer at once.
    static DnsHandler of(Function<DnsQuestion, DnsReply> answers) {
        return (question, answer) -> answer.accept(answers.apply(question));
    }
}
