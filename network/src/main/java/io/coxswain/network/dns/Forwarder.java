package io.coxswain.network.dns;

import io.coxswain.http.dns.DnsAnswer;
import io.coxswain.http.dns.DnsClient;
import io.coxswain.http.dns.DnsQuestion;
import io.coxswain.http.dns.DnsReply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// Asks other servers for what the cluster does not know. Without any, other names do not exist.
final class Forwarder {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int AT_ONCE_MAX = 256;

    private final List<InetSocketAddress> upstreams;
    private final DnsClient client = new DnsClient(PATIENCE);
    private final Semaphore room = new Semaphore(AT_ONCE_MAX);

    Forwarder(List<InetSocketAddress> upstreams) {
        this.upstreams = upstreams;
    }

    boolean any() {
        return !upstreams.isEmpty();
    }

    void forward(DnsQuestion question, Consumer<DnsReply> answer) {
        if (!any()) {
            answer.accept(DnsReply.failed(DnsReply.Code.NO_SUCH_NAME));
            return;
        }
        if (!room.tryAcquire()) {
            answer.accept(DnsReply.failed(DnsReply.Code.SERVER_FAILURE));
            return;
        }
        Thread.ofVirtual()
                .name("dns-forward")
                .start(() -> {
                    try {
                        answer.accept(ask(question));
                    } finally {
                        room.release();
                    }
                });
    }

    /// Follows a name of the cluster that is only another name for one outside.
    void follow(DnsQuestion question, DnsAnswer.Cname alias, Consumer<DnsReply> answer) {
        var target =
                new DnsQuestion(
                        alias.target(), question.type(), question.typeCode(), question.from());
        forward(
                target,
                reply -> {
                    var all = new ArrayList<DnsAnswer>();
                    all.add(alias);
                    all.addAll(reply.answers());
                    answer.accept(DnsReply.of(all));
                });
    }

    private DnsReply ask(DnsQuestion question) {
        for (var upstream : upstreams) {
            try {
                return client.ask(upstream, question);
            } catch (IOException e) {
                // The next one may know.
            }
        }
        return DnsReply.failed(DnsReply.Code.SERVER_FAILURE);
    }
}
