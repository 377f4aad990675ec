package io.coxswain.http.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a server sends, a client reads: the two against each other.
@Timeout(10)
class DnsClientTest {

    private static final InetSocketAddress ANYWHERE =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final String NAME = "all.example.com.";

    private final DnsClient client = new DnsClient(Duration.ofMillis(500));

    private static DnsQuestion question(DnsType type) {
        return new DnsQuestion(NAME, type, type.code(), ANYWHERE);
    }

    private DnsReply ask(DnsReply answer) throws IOException {
        try (var server = DnsServer.start(ANYWHERE, DnsHandler.of(asked -> answer))) {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
            return client.ask(address, question(DnsType.ANY));
        }
    }

    @Test
    void readsEveryTypeOfRecordAsItWasGiven() throws Exception {
        var answers =
                List.<DnsAnswer>of(
                        new DnsAnswer.A(NAME, 1, (Inet4Address) InetAddress.ofLiteral("192.0.2.1")),
                        new DnsAnswer.Aaaa(
                                NAME, 2, (Inet6Address) InetAddress.ofLiteral("2001:db8::1")),
                        new DnsAnswer.Cname(NAME, 3, "www.example.com."),
                        new DnsAnswer.Srv(NAME, 4, 1, 2, 443, "a.example.com."),
                        new DnsAnswer.Txt(NAME, 5, List.of("one", "two")),
                        new DnsAnswer.Ptr(NAME, 6, "b.example.com."));
        var zone =
                new DnsAnswer.Soa(
                        "example.com.",
                        7,
                        "ns.example.com.",
                        "root.example.com.",
                        new DnsAnswer.Soa.Times(1, 2, 3, 4, 5));

        var reply = ask(DnsReply.of(answers).withAuthority(zone));

        assertThat(reply.code()).isEqualTo(DnsReply.Code.NO_ERROR);
        assertThat(reply.answers()).isEqualTo(answers);
        assertThat(reply.authority()).containsExactly(zone);
        assertThat(reply.additional()).isEmpty();
    }

    @Test
    void fetchesOverTcpWhatDoesNotFitIntoADatagram() throws Exception {
        var many =
                IntStream.range(0, 250)
                        .<DnsAnswer>mapToObj(i ->
                                new DnsAnswer.A(
                                        NAME,
                                        i,
                                        (Inet4Address) InetAddress.ofLiteral("192.0.2." + i)))
                        .toList();

        assertThat(ask(DnsReply.of(many)).answers()).isEqualTo(many);
    }

    @Test
    void passesFailuresOn() throws Exception {
        assertThat(ask(DnsReply.failed(DnsReply.Code.REFUSED)).code())
                .isEqualTo(DnsReply.Code.REFUSED);
    }

    @Test
    void givesUpOnAServerThatDoesNotAnswer() {
        try (var server = DnsServer.start(ANYWHERE, (asked, answer) -> {})) {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
            assertThatThrownBy(() -> client.ask(address, question(DnsType.A)))
                    .isInstanceOf(IOException.class);
        }
    }
}
