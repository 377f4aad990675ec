package io.coxswain.network.dns;

import static io.coxswain.client.fixture.Nouns.NOW;
import static io.coxswain.client.fixture.Nouns.any;
import static io.coxswain.network.ServiceNoun.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.Namespace;
import io.coxswain.api.core.Service;
import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.base.ManualClock;
import io.coxswain.base.SimulatedLoops;
import io.coxswain.client.ApiClient;
import io.coxswain.http.BodyQueue;
import io.coxswain.http.Exchange;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import io.coxswain.http.dns.DnsQuestion;
import io.coxswain.http.dns.DnsReply;
import io.coxswain.http.dns.DnsReply.Code;
import io.coxswain.http.dns.DnsType;
import io.coxswain.network.GivenInformers;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterDnsTest {

    private static final DnsConfiguration CONFIGURATION =
            DnsConfiguration.of("cluster.local", "10.96.0.10", "n1", "127.0.0.1");
    private static final String SERVICES = "/api/v1/namespaces/kube-system/services";
    private static final String SLICES =
            "/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices";

    private final List<String> writes = new ArrayList<>();
    private final SimulatedLoops loops = new SimulatedLoops(new ManualClock(NOW), 1);
    private final GivenInformers informers = new GivenInformers();
    private final ClusterDns dns =
            new ClusterDns(CONFIGURATION, new ApiClient(this::open, "test"), informers, loops);

    @BeforeEach
    void start() {
        dns.start();
    }

    @AfterEach
    void close() {
        dns.close();
    }

    @Test
    void failsUntilItKnowsTheCluster() {
        assertThat(ask("web.default.svc.cluster.local.").code()).isEqualTo(Code.SERVER_FAILURE);
    }

    @Test
    void followsTheCluster() {
        informers.give(Namespace.class, List.of(any(Namespace.class, "default").build()));
        informers.give(EndpointSlice.class, List.of());
        informers.give(Service.class, List.of());
        loops.settle();
        assertThat(ask("web.default.svc.cluster.local.").code()).isEqualTo(Code.NO_SUCH_NAME);

        informers.give(
                Service.class, List.of(service("web").at("10.96.0.20").port("", "TCP", 1).build()));
        loops.advance(Duration.ofSeconds(1));
        assertThat(ask("web.default.svc.cluster.local.").answers()).hasSize(1);
    }

    @Test
    void othersNamesDoNotExistWhenNobodyMayBeAsked() {
        know(List.of(), List.of());

        assertThat(ask("example.org.")).isEqualTo(DnsReply.failed(Code.NO_SUCH_NAME));
    }

    @Test
    void makesTheServiceThroughWhichItIsReached() {
        know(List.of(), List.of());

        assertThat(writes).startsWith("POST " + SERVICES, "POST " + SLICES);
    }

    @Test
    void leavesWhatIsRightAndCorrectsWhatIsNot() {
        var right = DnsObjects.of(CONFIGURATION, dns.port());
        know(List.of(right.service()), List.of(right.slice()));
        assertThat(writes).isEmpty();

        var earlier = DnsObjects.of(CONFIGURATION, 1).slice();
        informers.give(EndpointSlice.class, List.of(earlier));
        loops.advance(Duration.ofSeconds(1));
        assertThat(writes).containsExactly("PUT " + SLICES + "/kube-dns-n1");
    }

    @Test
    void theSliceSaysWhereItListens() {
        var slice = DnsObjects.of(CONFIGURATION, 5300).slice();

        assertThat(slice.endpoints().getFirst().addresses()).containsExactly("127.0.0.1");
        assertThat(slice.ports()).extracting(EndpointSlice.EndpointPort::port).containsOnly(5300);
    }

    private void know(List<Service> services, List<EndpointSlice> slices) {
        informers.give(Namespace.class, List.of());
        informers.give(Service.class, services);
        informers.give(EndpointSlice.class, slices);
        loops.advance(Duration.ofMillis(500));
    }

    private DnsReply ask(String name) {
        var replies = new ArrayList<DnsReply>();
        var question = new DnsQuestion(name, DnsType.A, 1, new InetSocketAddress(0));
        dns.handle(question, replies::add);
        return replies.getFirst();
    }

    /// Nothing exists yet, and every write succeeds.
    private Exchange open(Request request) {
        if (request.method().equals("GET")) {
            var status =
                    """
                    {"kind": "Status", "apiVersion": "v1", "reason": "NotFound", "code": 404,
                     "details": {"name": "kube-dns"}}
                    """;
            return whole(404, status.getBytes(StandardCharsets.UTF_8));
        }
        writes.add(request.method() + " " + request.path());
        return whole(201, request.body().text().getBytes(StandardCharsets.UTF_8));
    }

    private static Exchange whole(int status, byte[] body) {
        return new Exchange(
                status,
                Headers.of("content-length", Integer.toString(body.length)),
                BodyQueue.of(Payload.of(body)));
    }
}
