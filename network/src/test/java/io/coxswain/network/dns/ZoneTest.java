package io.coxswain.network.dns;

import static io.coxswain.client.fixture.Nouns.any;
import static io.coxswain.network.ServiceNoun.service;
import static io.coxswain.network.SliceNoun.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.Namespace;
import io.coxswain.api.core.Service.ServiceSpec;
import io.coxswain.api.discovery.EndpointSlice.Endpoint;
import io.coxswain.api.schema.Edit;
import io.coxswain.http.dns.DnsAnswer;
import io.coxswain.http.dns.DnsReply;
import io.coxswain.http.dns.DnsReply.Code;
import io.coxswain.http.dns.DnsType;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZoneTest {

    private static final DnsConfiguration CONFIGURATION =
            DnsConfiguration.of("cluster.local", "10.96.0.10", "n1", "192.0.2.2");

    private final Zone zone =
            Zone.of(
                    CONFIGURATION,
                    7,
                    List.of(any(Namespace.class, "default").build()),
                    List.of(
                            service("web")
                                    .at("10.96.0.20")
                                    .port("http", "TCP", 80)
                                    .port("dns", "UDP", 53)
                                    .build(),
                            service("db").at("None").port("sql", "TCP", 5432).build(),
                            service("empty").at("None").port("sql", "TCP", 5432).build(),
                            external("out", "example.org"),
                            external("in", "web.default.svc.cluster.local"),
                            external("loop", "loop.default.svc.cluster.local")),
                    List.of(
                            slice("web")
                                    .port("http", "TCP", 8080)
                                    .ready("10.244.0.9", "n1")
                                    .build(),
                            slice("db")
                                    .port("sql", "TCP", 5433)
                                    .ready("10.244.0.2", "n1")
                                    .change(one -> Edit.with(one, Endpoint::hostname, "db-0"))
                                    .ready("10.244.0.3", "n1")
                                    .unready("10.244.0.4", "n1")
                                    .build()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    web.default.svc | A | A 10.96.0.20
                    _http._tcp.web.default.svc | SRV | SRV 0 100 80 web.default.svc.cluster.local.
                    _http._tcp.web.default.svc | A | A 10.96.0.20
                    db.default.svc | A | A 10.244.0.2, A 10.244.0.3
                    db-0.db.default.svc | A | A 10.244.0.2
                    10-244-0-3.db.default.svc | A | A 10.244.0.3
                    10-244-0-9.web.default.svc | A | A 10.244.0.9
                    db-0.db.default.svc | SRV | SRV 0 100 5433 db-0.db.default.svc.cluster.local.
                    out.default.svc | A | CNAME example.org.
                    in.default.svc | A | CNAME web.default.svc.cluster.local., A 10.96.0.20
                    in.default.svc | CNAME | CNAME web.default.svc.cluster.local.
                    10-244-0-77.default.pod | A | A 10.244.0.77
                    dns-version | TXT | TXT 1.1.0
                    ns.dns | A | A 10.96.0.10
                    """)
    void answers(String name, DnsType type, String expected) {
        assertThat(text(ask(name + ".cluster.local.", type))).isEqualTo(expected);
    }

    @Test
    void saysWhereEachEndpointOfAHeadlessServiceIs() {
        var reply = ask("_sql._tcp.db.default.svc.cluster.local.", DnsType.SRV);

        assertThat(text(reply))
                .isEqualTo(
                        "SRV 0 50 5433 db-0.db.default.svc.cluster.local., "
                                + "SRV 0 50 5433 10-244-0-3.db.default.svc.cluster.local.");
        assertThat(reply.additional()).hasSize(2).allMatch(DnsAnswer.A.class::isInstance);
    }

    @ParameterizedTest
    @CsvSource({
        "nothing.default.svc, A",
        "web.other.svc, A",
        "empty.default.svc, A",
        "_http._udp.web.default.svc, SRV",
        "http.tcp.web.default.svc, SRV",
        "db-7.db.default.svc, A",
        "10-244-0-4.db.default.svc, A",
        "other.svc, A",
        "10-244-0-77.other.pod, A",
        "a-b-c-d.default.pod, A",
        "1-2-3-999.default.pod, A",
        "a._http._tcp.web.default.svc, A",
        "..web.default.svc, A",
        "web, A",
    })
    void knowsWhatDoesNotExist(String name, DnsType type) {
        var reply = ask(name + ".cluster.local.", type);

        assertThat(reply.code()).isEqualTo(Code.NO_SUCH_NAME);
        assertThat(reply.authority()).singleElement().isInstanceOf(DnsAnswer.Soa.class);
    }

    @ParameterizedTest
    @CsvSource({
        "web.default.svc, AAAA",
        "web.default.svc, MX",
        "default.svc, A",
        "svc, A",
        "pod, A",
        "default.pod, A",
        "10-244-0-77.default.pod, AAAA",
    })
    void aNameWithoutSuchARecordHasAnEmptyAnswer(String name, DnsType type) {
        var reply = ask(name + ".cluster.local.", type);

        assertThat(reply.code()).isEqualTo(Code.NO_ERROR);
        assertThat(reply.answers()).isEmpty();
        assertThat(reply.authority()).singleElement().isInstanceOf(DnsAnswer.Soa.class);
    }

    @Test
    void namesAddresses() {
        assertThat(text(ask("20.0.96.10.in-addr.arpa.", DnsType.PTR)))
                .isEqualTo("PTR web.default.svc.cluster.local.");
        assertThat(text(ask("2.0.244.10.in-addr.arpa.", DnsType.PTR)))
                .isEqualTo("PTR db-0.db.default.svc.cluster.local.");
    }

    @Test
    void leavesOtherNamesToOthers() {
        assertThat(zone.answer("example.org.", DnsType.A)).isNull();
        assertThat(zone.answer("evilcluster.local.", DnsType.A)).isNull();
        assertThat(zone.answer("1.2.0.192.in-addr.arpa.", DnsType.PTR)).isNull();
    }

    @Test
    void anAliasOfItselfEnds() {
        assertThat(ask("loop.default.svc.cluster.local.", DnsType.A).answers())
                .hasSizeBetween(1, 10);
    }

    @Test
    void saysWhoIsResponsible() {
        assertThat(ask("cluster.local.", DnsType.SOA).answers())
                .singleElement()
                .isEqualTo(
                        new DnsAnswer.Soa(
                                "cluster.local.",
                                30,
                                "ns.dns.cluster.local.",
                                "hostmaster.cluster.local.",
                                new DnsAnswer.Soa.Times(7, 7200, 1800, 86_400, 30)));
    }

    private DnsReply ask(String name, DnsType type) {
        return Objects.requireNonNull(zone.answer(name, type));
    }

    private static io.coxswain.api.core.Service external(String name, String target) {
        return service(name)
                .type("ExternalName")
                .spec(spec -> Edit.with(spec, ServiceSpec::externalName, target))
                .build();
    }

    private static String text(DnsReply reply) {
        return reply.answers().stream().map(ZoneTest::text).collect(Collectors.joining(", "));
    }

    private static String text(DnsAnswer answer) {
        return switch (answer) {
            case DnsAnswer.A a -> "A " + a.address().getHostAddress();
            case DnsAnswer.Cname alias -> "CNAME " + alias.target();
            case DnsAnswer.Ptr pointer -> "PTR " + pointer.target();
            case DnsAnswer.Txt txt -> "TXT " + String.join(" ", txt.texts());
            case DnsAnswer.Srv srv ->
                    "SRV %d %d %d %s"
                            .formatted(srv.priority(), srv.weight(), srv.port(), srv.target());
            case DnsAnswer.Aaaa other -> other.toString();
            case DnsAnswer.Ns other -> other.toString();
            case DnsAnswer.Soa other -> other.toString();
            case DnsAnswer.Raw other -> other.toString();
        };
    }
}
